using System.Text.RegularExpressions;
using SreBot.Alerts.Rules;
using SreBot.Telemetry;

namespace SreBot.Alerts.Backtests;

/// <summary>Where a percentile lies among some values, told by counting the requests above each: counts add up over a window, percentiles do not.
/// Nearest rank: of n values the one number floor(level n), from 0 on, is above X when at least n - floor(level n) of them are.</summary>
/// <param name="Column">Of <c>request</c>.</param>
/// <param name="Level">As the catalogue's SQL has it.</param>
/// <param name="Marks">Rising; at or above a value before above it.</param>
internal sealed partial record PercentileMarks(string Column, string Level, IReadOnlyList<PercentileMark> Marks)
{
    /// <summary>Those that decide a rule's verdict; null when it watches no percentile.</summary>
    public static PercentileMarks? Of(AlertRule rule) =>
        Of(rule.Measure.Aggregate, new[] { rule.Threshold, rule.ThresholdMax, rule.RecoveryThreshold }.OfType<double>().SelectMany(value => new PercentileMark[] { new(value, false), new(value, true) }));

    public static PercentileMarks? Of(MetricAggregate aggregate, IEnumerable<PercentileMark> marks) =>
        aggregate.RollupSql is null && Quantile().Match(aggregate.RequestSql) is { Success: true } match
            ? new PercentileMarks(match.Groups["column"].Value, match.Groups["level"].Value, [.. marks.Distinct().OrderBy(mark => mark.Value).ThenBy(mark => mark.IsStrict)])
            : null;

    /// <summary>A number that lies to every mark as the percentile does.</summary>
    /// <param name="holds">How many of the marks hold: the first ones.</param>
    public double Stand(int holds)
    {
        if (holds == 0)
            return Marks[0].Value - Math.Max(1, Math.Abs(Marks[0].Value));

        var below = Marks[holds - 1];
        if (holds == Marks.Count)
            return below.IsStrict ? below.Value + Math.Max(1, Math.Abs(below.Value)) : Math.BitIncrement(below.Value);

        var above = Marks[holds];
        return above.Value == below.Value ? below.Value : below.Value + ((above.Value - below.Value) / 2);
    }

    [GeneratedRegex(@"^quantileExactOrNull\((?<level>[\d.]+)\)\((?<column>\w+)\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Quantile();
}
