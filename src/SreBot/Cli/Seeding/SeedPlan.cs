using SreBot.Model;

namespace SreBot.Cli.Seeding;

/// <summary>Settings and the causes that stand in the data: all that decides a row.</summary>
internal sealed record SeedPlan(SeedSettings Settings, IReadOnlyList<PlantedCause> Causes)
{
    /// <summary>Places the settings' causes in the window, each in a part of its own; those that are nothing by themselves go beside the cause named before them,
    /// if that one can be felt.</summary>
    public static SeedPlan Draw(SeedSettings settings, TimeWindow window)
    {
        var kinds = settings.Checked().Causes;
        var slots = Math.Max(1, Slots(kinds));
        var plan = new SeedPlan(settings, []);
        var slot = -1;
        for (var i = 0; i < kinds.Count; i++)
        {
            var random = new SeedRandom(settings.Seed, 0x504C, (long)kinds[i], i);
            if (IsCompanion(kinds, i))
            {
                var beside = plan.Causes[^1];
                plan = plan.With(CauseDraw.Draw(kinds[i], ref random, plan, new TimeWindow(beside.Onset, beside.End)));
                continue;
            }

            slot++;
            var length = window.Length / slots;
            plan = plan.With(CauseDraw.Draw(kinds[i], ref random, plan, Place(kinds[i], ref random, new TimeWindow(window.From + (length * slot), window.From + (length * (slot + 1))))));
        }

        return plan;
    }

    public SeedPlan With(PlantedCause cause) => this with { Causes = [.. Causes, cause] };

    /// <summary>The label of what a service runs at that time: the newest deploy that was not rolled back.</summary>
    public string VersionAt(string service, DateTimeOffset time) =>
        Deploys(service).Where(cause => cause.Onset <= time && (cause.Kind != CauseKind.BadDeploy || time < cause.End)).MaxBy(cause => cause.Onset)?.Version
            ?? $"v{SeedWorld.FirstVersion(Settings.Seed, service)}";

    /// <summary>The label of the service's next deploy.</summary>
    public string NextVersion(string service) =>
        $"v{Deploys(service).Select(cause => int.Parse(cause.Version![1..])).Append(SeedWorld.FirstVersion(Settings.Seed, service)).Max() + 1}";

    /// <summary>Without the causes that ended before that time, except the deploys that still decide a version.</summary>
    public SeedPlan Trim(DateTimeOffset before) => this with
    {
        Causes = [.. Causes.Where(cause => cause.End >= before
            || (cause.Kind == CauseKind.ChangeWithoutEffect && VersionAt(cause.On("service")!, before) == cause.Version))],
    };

    private IEnumerable<PlantedCause> Deploys(string service) => Causes.Where(cause => cause.Version is not null && cause.On("service") == service);

    /// <summary>How many parts the window is cut into.</summary>
    public static int Slots(IReadOnlyList<CauseKind> kinds) => kinds.Where((_, i) => !IsCompanion(kinds, i)).Count();

    private static bool IsCompanion(IReadOnlyList<CauseKind> kinds, int index) =>
        index > 0 && kinds[index] is (CauseKind.Distractor or CauseKind.ChangeWithoutEffect) && (IsFelt(kinds[index - 1]) || IsCompanion(kinds, index - 1));

    private static bool IsFelt(CauseKind kind) => kind is not (CauseKind.LateData or CauseKind.Distractor or CauseKind.ChangeWithoutEffect or CauseKind.Control);

    private static TimeWindow Place(CauseKind kind, ref SeedRandom random, TimeWindow slot)
    {
        var onset = (slot.From + (slot.Length * random.Between(0.5, 0.6))).Floor(TimeSpan.FromSeconds(1)); // what came before it is its own quiet past
        var wanted = kind == CauseKind.MemoryLeak ? random.Between(100, 200) : random.Between(15, 45);
        var length = TimeSpan.FromMinutes(Math.Min(wanted, slot.Length.TotalMinutes * 0.36));
        return new TimeWindow(onset, (onset + length).Floor(TimeSpan.FromSeconds(1)));
    }
}
