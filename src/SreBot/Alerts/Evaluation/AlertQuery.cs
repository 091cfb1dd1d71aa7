using SreBot.Alerts.Rules;
using SreBot.Telemetry;

namespace SreBot.Alerts.Evaluation;

/// <summary>The windows of rules that one query reads, with all that they want to know.</summary>
/// <param name="number">Its place in the plan.</param>
internal sealed class AlertQuery(int number, AlertShape shape)
{
    private readonly List<AlertProbe> probes = [];
    private readonly List<MetricAggregate> aggregates = [];
    private IReadOnlyList<int>? steps;

    public int Number => number;

    public AlertShape Shape => shape;

    /// <summary>By rising number.</summary>
    public IReadOnlyList<AlertProbe> Probes => probes;

    /// <summary>All that the rules of the query sum up.</summary>
    public IReadOnlyList<MetricAggregate> Aggregates => aggregates;

    /// <summary>Of the latency grid: those that tell the query's percentiles from their thresholds.</summary>
    public IReadOnlyList<int> Steps => steps ??= LatencyGrid.Around(probes.SelectMany(probe => probe.Range.Edges).Distinct());

    /// <summary>The longest window.</summary>
    public TimeSpan Longest { get; private set; }

    public void Add(int probe, int ruleNumber, AlertRule rule, TimeSpan window, bool isShort)
    {
        var aggregate = rule.Measure.Aggregate;
        var value = aggregates.FindIndex(known => known.RequestSql == aggregate.RequestSql && known.RollupSql == aggregate.RollupSql);
        if (value < 0)
        {
            value = aggregates.Count;
            aggregates.Add(aggregate);
        }

        Longest = window > Longest ? window : Longest;
        probes.Add(new AlertProbe(probe, probes.Count, ruleNumber, rule, window, isShort, aggregate, value));
    }
}
