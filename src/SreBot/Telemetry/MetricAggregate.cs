using System.Text.RegularExpressions;

namespace SreBot.Telemetry;

/// <summary>One way to sum up a metric over a window.</summary>
/// <param name="Name">Such as <c>p95</c>.</param>
/// <param name="RequestSql">Over rows of <c>request</c>: a Float64, null where there are no rows, or none that has the value recorded (the contract's status 0 and cost 0).</param>
/// <param name="RollupSql">Over rows of a roll-up, with the same result; null where only <c>request</c> can tell.</param>
/// <param name="Unit">Where it differs from the metric's own.</param>
internal sealed record MetricAggregate(string Name, string RequestSql, string? RollupSql, string? Unit = null)
{
    /// <param name="formula">The same value over rows of a roll-up.</param>
    public MetricAggregate(string name, string requestSql, RollupFormula formula, string? unit = null)
        : this(name, requestSql, formula.Sql, unit)
    {
        Formula = formula;
    }

    /// <summary>What <see cref="RollupSql"/> says, where minutes can also be put together outside the engine; null: only the engine can.</summary>
    public RollupFormula? Formula { get; }

    /// <summary>The SQL gives the percentage of bad requests; the value is how many times faster than allowed it uses up a rule's error budget.</summary>
    public bool IsBudgetBurn { get; init; }

    /// <summary>Of a percentile of latency by nearest rank, which the roll-ups' counters bound; null for all others.</summary>
    public int? LatencyPercent { get; init; }

    /// <summary>The measures that it takes from a request.</summary>
    public IReadOnlyList<string> Columns { get; } =
        [.. TelemetryTable.Request.Columns.Select(column => column.Name).Where(name => Regex.IsMatch(RequestSql, $@"\b{name}\b"))];
}
