using SreBot.Telemetry;

namespace SreBot.Alerts.Evaluation;

/// <summary>One read for windows of rules: what of a query is asked, of which table, for which of its rules.</summary>
/// <param name="Query">Names the rules' groups and filters.</param>
/// <param name="Table">Where it is told from.</param>
/// <param name="Aggregates">The values wanted; of a percentile's counters none.</param>
internal sealed record AlertAsk(AlertQuery Query, string Table, IReadOnlyList<MetricAggregate> Aggregates)
{
    public required DateTimeOffset Tick { get; init; }

    /// <summary>Those asked for; of a mirrored set null means all that it holds of the query.</summary>
    public IReadOnlyList<AlertProbe>? Probes { get; init; }

    /// <summary>The mirror's rows; null: the rules travel with the query.</summary>
    public ulong? MirrorKey { get; init; }

    /// <summary>Of a mirrored set, those held; null: all.</summary>
    public IReadOnlyCollection<int>? Shards { get; init; }

    /// <summary>Of a mirrored set: numbers of windows that are left out.</summary>
    public IReadOnlyCollection<int> Except { get; init; } = [];

    /// <summary>Numbers of windows all whose groups are wanted; null: of all of them.</summary>
    public IReadOnlyCollection<int>? Open { get; init; }

    /// <summary>The roll-ups are SreBot's own tables, and nothing stands in for them.</summary>
    public bool IsOwn { get; init; }

    public bool IsRaw => Table == "request";

    public bool IsGrouped => Query.Shape.Groups.Count > 0;

    /// <summary>Only groups that may breach, or are open, come back.</summary>
    public bool IsSifted => IsGrouped && Open is not null;

    /// <summary>The stretch of the latency grid instead of a value.</summary>
    public bool IsCounted => Query.Shape.IsPercentile && !IsRaw;

    public static AlertAsk Of(AlertQuery query, DateTimeOffset tick) =>
        new(query, query.Shape.Table, query.Shape.IsPercentile ? [] : query.Aggregates) { Tick = tick };

    /// <summary>The same rules from single requests.</summary>
    public AlertAsk Raw(IReadOnlyList<MetricAggregate> aggregates) => this with { Table = "request", Aggregates = aggregates };
}
