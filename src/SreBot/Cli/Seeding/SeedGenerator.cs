using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Cli.Seeding;

/// <summary>Makes the rows of a plan. Each row comes from the seed, its minute, its project and its number alone, so any window gives the same rows
/// as the windows that it is cut into, and a live tail continues a past.</summary>
internal sealed class SeedGenerator
{
    private readonly SeedPlan plan;
    private readonly SeedRowMaker rows;
    private readonly SeedEffect[] effects;
    private readonly SeedEffect[] late;

    public SeedGenerator(SeedPlan plan)
    {
        this.plan = plan with { Settings = plan.Settings.Checked() };
        rows = new SeedRowMaker(plan);
        effects = [.. plan.Causes.Where(cause => cause.Kind is not (CauseKind.LateData or CauseKind.ChangeWithoutEffect or CauseKind.Control)).Select(cause => new SeedEffect(cause))];
        late = [.. plan.Causes.Where(cause => cause.Kind == CauseKind.LateData).Select(cause => new SeedEffect(cause))];
    }

    /// <summary>The rows of <see cref="TelemetryTable.Request"/> that arrive in the window; without late data that is when their requests end.</summary>
    public List<object?[]> Rows(TimeWindow window) => Make(window).Rows;

    /// <summary>The same with the calls that those requests made.</summary>
    public SeedBatch Make(TimeWindow window)
    {
        var result = new SeedBatch([], new SeedCalls());
        for (var minute = window.From.Floor(TimeSpan.FromMinutes(1)); minute < window.To; minute = minute.AddMinutes(1))
        {
            AddMinute(minute.UtcTicks, window, null, result);
            foreach (var cause in late)
            {
                var ended = minute - cause.Cause.Delay;
                if (cause.Cause.Onset < ended.AddMinutes(1) && cause.Cause.End > ended)
                    AddMinute(ended.UtcTicks, window, cause, result);
            }
        }

        return result;
    }

    /// <param name="lateBy">Null: the rows that arrive at once; else only those that this cause makes late.</param>
    private void AddMinute(long ticks, TimeWindow window, SeedEffect? lateBy, SeedBatch result)
    {
        var from = window.From.UtcTicks - (lateBy?.Cause.Delay.Ticks ?? 0);
        var to = window.To.UtcTicks - (lateBy?.Cause.Delay.Ticks ?? 0);
        var minute = SeedMinute.Of(ticks, plan, [.. effects.Where(effect => effect.Cause.Onset.UtcTicks < ticks + TimeSpan.TicksPerMinute && effect.Cause.End.UtcTicks > ticks)]);
        for (var project = 0; project < plan.Settings.Projects; project++)
        {
            var isLate = LateCause(ticks, project);
            if (isLate?.Cause == lateBy?.Cause)
                rows.Add(minute, project, Count(minute, project), from, to, result);
        }
    }

    /// <summary>The first of the causes that make a project's rows of that minute late; they begin and end with whole minutes.</summary>
    private SeedEffect? LateCause(long ticks, int project)
    {
        foreach (var cause in late)
        {
            if (cause.IsActive(ticks) && cause.Cause.On("project_id") == SeedSettings.Project(project + 1))
                return cause;
        }

        return null;
    }

    private int Count(SeedMinute minute, int project)
    {
        var settings = plan.Settings;
        var mean = settings.RequestsAMinute / (double)settings.Projects * SeedSeason.Requests(minute.Ticks);
        foreach (var effect in minute.Effects)
        {
            mean *= effect.Requests(minute.Ticks, project);
        }

        var random = new SeedRandom(settings.Seed, 0x434F, minute.Ticks / TimeSpan.TicksPerMinute, project);
        // Poisson noise by its normal approximation; the unit shifts the rounding so that small means keep their mean.
        return (int)Math.Clamp(Math.Floor(mean + (Math.Sqrt(mean) * random.Normal()) + random.Unit()), 0, SeedRowMaker.MostInAMinute);
    }
}
