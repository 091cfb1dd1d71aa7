using SreBot.Telemetry;

namespace SreBot.Alerts.Evaluation;

/// <summary>An episode that began while catching up, and is over.</summary>
internal sealed record AlertDigestRow
{
    public long OrganizationId { get; init; }
    public string Name { get; init; } = "";
    public string GroupKey { get; init; } = "";
    public string Metric { get; init; } = "";
    public DateTime From { get; init; }
    public DateTime To { get; init; }
    public double? Worst { get; init; }
    public string[] Projects { get; init; } = [];

    /// <summary>The rule's own, and those who subscribed.</summary>
    public string[] Targets { get; init; } = [];

    /// <summary>With its unit.</summary>
    public string WorstText
    {
        get
        {
            var words = Metric.Split(' ');
            var unit = MetricCatalogue.ForRules.FirstOrDefault(metric => metric.Name == words[0]) is { } known && words.Length == 2 ? known.UnitOf(known.Aggregate(words[1])) : "";
            return MetricValue.Text(Worst, unit).Trim();
        }
    }
}
