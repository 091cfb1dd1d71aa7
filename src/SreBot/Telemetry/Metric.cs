using SreBot.Model;

namespace SreBot.Telemetry;

/// <summary>An entry of the catalogue.</summary>
/// <param name="Name">As in a rule, such as <c>error_rate</c>.</param>
/// <param name="Title">As in a sentence, such as <c>error rate</c>.</param>
/// <param name="Unit"><c>%</c>, <c>ms</c>, <c>USD</c>, <c>requests</c>.</param>
/// <param name="Aggregates">The first is meant when none is named.</param>
/// <param name="RowSql">The value of one request, for the worst one; null where a single request has none.</param>
internal sealed record Metric(string Name, string Title, string Unit, IReadOnlyList<MetricAggregate> Aggregates, string? RowSql)
{
    /// <param name="name">Null: the first.</param>
    /// <exception cref="SreException">Invalid, naming the known ones.</exception>
    public MetricAggregate Aggregate(string? name) =>
        name is null
            ? Aggregates[0]
            : Aggregates.FirstOrDefault(aggregate => string.Equals(aggregate.Name, name, StringComparison.OrdinalIgnoreCase))
                ?? throw new SreException(SreErrorKind.Invalid, $"{Name} has no aggregate '{name}'; use {string.Join(", ", Aggregates.Select(aggregate => aggregate.Name))}.");

    public string UnitOf(MetricAggregate aggregate) => aggregate.Unit ?? Unit;
}
