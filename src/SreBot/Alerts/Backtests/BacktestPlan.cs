using SreBot.Alerts.Rules;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Telemetry.Sources;

namespace SreBot.Alerts.Backtests;

/// <summary>A rule over a stretch of the past: what is to be read for it.</summary>
/// <param name="Scope">No more than the rule's projects.</param>
/// <param name="From">The first tick comes after it; a whole minute, as is <paramref name="To"/>.</param>
/// <param name="To">The last tick.</param>
/// <param name="Table">Where the buckets come from: a roll-up that still has all of the stretch, else <c>request</c>.</param>
/// <param name="Marks">Null: the metric is no percentile.</param>
internal sealed record BacktestPlan(AlertRule Rule, AccessScope Scope, DateTimeOffset From, DateTimeOffset To, string Table, PercentileMarks? Marks)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>No roll-up is read so near to its end.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    public static BacktestPlan Of(AlertRule rule, AccessScope scope, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now, PercentileMarks? marks)
    {
        var plan = new BacktestPlan(rule, scope, from, to, "request", marks);
        var isPlain = rule.Filter.Count == 0 && scope.Conditions.Count == 0 && rule.GroupBy.All(dimension => dimension == "project_id");
        var table = plan.Step == Hour ? "alert_hour" : isPlain ? "alert_minute" : "alert_minute_dim";
        var kept = RollupSql.All.First(rollup => rollup.Table == table).Kept - Margin;
        return rule.Measure.Aggregate.RollupSql is not null && plan.First >= now - kept ? plan with { Table = table } : plan;
    }

    public MetricAggregate Aggregate => Rule.Measure.Aggregate;

    /// <summary>The length of a bucket: what a window past a day, which moves by the hour, adds up from hours where it can.</summary>
    public TimeSpan Step => Rule.Window > TimeSpan.FromDays(1) && IsWhole(Rule.Window) && IsWhole(Rule.ShortWindow ?? Hour) ? Hour : Minute;

    /// <summary>Where the first tick's window begins.</summary>
    public DateTimeOffset First => Floor(From + Minute - Rule.Window, Step);

    /// <summary>All values of the stretch come from sums over its buckets; false: each tick's window is read for itself.</summary>
    public bool IsAdditive => Aggregate.RollupSql is not null || Marks is not null;

    /// <summary>Columns, in the order of the rule's dimensions.</summary>
    public IReadOnlyList<string> Groups => [.. Rule.GroupBy.Select(MetricQueries.Column)];

    /// <summary>The ticks at which the rule is due, oldest first.</summary>
    public IReadOnlyList<DateTimeOffset> Ticks()
    {
        var ticks = new List<DateTimeOffset>();
        for (var tick = From + Minute; tick <= To; tick += Minute)
        {
            if (Rule.IsDue(tick))
                ticks.Add(tick);
        }

        return ticks;
    }

    public static DateTimeOffset Floor(DateTimeOffset time, TimeSpan step) => new(time.UtcTicks - (time.UtcTicks % step.Ticks), TimeSpan.Zero);

    private static bool IsWhole(TimeSpan window) => window.Ticks % TimeSpan.TicksPerHour == 0;
}
