using System.Text.RegularExpressions;
using SreBot.Telemetry;
using SreBot.Telemetry.Sources;

namespace SreBot.Alerts.Backtests;

/// <summary>A column that adds up over the buckets of a window.</summary>
/// <param name="Sql">What makes it of requests: <c>sum(…)</c>, <c>count()</c>, <c>countIf(…)</c> or <c>max(…)</c>.</param>
internal sealed partial record BacktestColumn(string Name, string Sql)
{
    /// <summary>Those of the roll-ups, by the views' own definitions: the two cannot differ.</summary>
    private static readonly IReadOnlyList<BacktestColumn> RolledUp =
        [.. Definition().Matches(RollupSql.All.First(rollup => rollup.Table == "alert_minute").Select).Select(match => new BacktestColumn(match.Groups["name"].Value, match.Groups["sql"].Value))];

    /// <summary>The number of requests, and what the aggregate reads of a roll-up.</summary>
    /// <param name="aggregate">With SQL over roll-ups.</param>
    public static IReadOnlyList<BacktestColumn> Of(MetricAggregate aggregate) =>
        [.. RolledUp.Where(column => column.Name == "request_count" || Regex.IsMatch(aggregate.RollupSql!, $@"\b{column.Name}\b"))];

    private bool IsMaximum => Sql.StartsWith("max(", StringComparison.Ordinal);

    /// <summary>Over rows of a roll-up.</summary>
    public string OfRollup => IsMaximum ? $"max({Name})" : $"sum({Name})";

    /// <summary>What changes no window that it stands in.</summary>
    public string Neutral => IsMaximum ? "-inf" : "0";

    [GeneratedRegex(@"^\s+(?<sql>(?:count|countIf|sum|max)\(.*\)) AS (?<name>\w+),?$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Definition();
}
