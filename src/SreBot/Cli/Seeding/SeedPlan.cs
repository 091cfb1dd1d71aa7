using SreBot.Model;

namespace SreBot.Cli.Seeding;

/// <summary>Settings and the causes that stand in the data: all that decides a row.</summary>
internal sealed record SeedPlan(SeedSettings Settings, IReadOnlyList<PlantedCause> Causes)
{
    /// <summary>Places the settings' causes in the window, each in a part of its own; those that are nothing by themselves go beside the cause named before them.</summary>
    public static SeedPlan Draw(SeedSettings settings, TimeWindow window)
    {
        var kinds = settings.Checked().Causes.Where(kind => kind != CauseKind.Control).ToList();
        var slots = Math.Max(1, kinds.Where((kind, i) => i == 0 || !IsCompanion(kind)).Count());
        var plan = new SeedPlan(settings, []);
        var slot = -1;
        for (var i = 0; i < kinds.Count; i++)
        {
            var random = new SeedRandom(settings.Seed, 0x504C, (long)kinds[i], i);
            if (plan.Causes.Count > 0 && IsCompanion(kinds[i]))
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

    private static bool IsCompanion(CauseKind kind) => kind is CauseKind.Distractor or CauseKind.ChangeWithoutEffect;

    private static TimeWindow Place(CauseKind kind, ref SeedRandom random, TimeWindow slot)
    {
        var onset = (slot.From + (slot.Length * random.Between(0.35, 0.55))).Floor(TimeSpan.FromSeconds(1));
        var wanted = kind == CauseKind.MemoryLeak ? random.Between(100, 200) : random.Between(15, 45);
        var length = TimeSpan.FromMinutes(Math.Min(wanted, slot.Length.TotalMinutes * 0.4));
        return new TimeWindow(onset, (onset + length).Floor(TimeSpan.FromSeconds(1)));
    }
}
