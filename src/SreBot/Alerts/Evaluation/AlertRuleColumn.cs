namespace SreBot.Alerts.Evaluation;

/// <summary>A column of the rules, as a query joins them: the same from the mirror and from parameters.</summary>
/// <param name="Name">In the mirror; a query calls it <c>rule_NAME</c>.</param>
/// <param name="Type">In the mirror.</param>
/// <param name="Of">Its value, for one window of a rule and one of the rule's projects.</param>
internal sealed record AlertRuleColumn(string Name, string Type, Func<AlertQuery, AlertProbe, string, object> Of)
{
    public static AlertRuleColumn Probe { get; } = new("probe", "UInt32", (_, probe, _) => probe.Number);

    public static AlertRuleColumn Project { get; } = new("project_id", "String", (_, _, project) => project);

    public static AlertRuleColumn Window { get; } = new("window", "UInt32", (_, probe, _) => (long)probe.Window.TotalSeconds);

    public static AlertRuleColumn Value { get; } = new("value", "UInt8", (_, probe, _) => probe.Value);

    public static AlertRuleColumn Divisor { get; } = new("divisor", "Float64", (_, probe, _) => probe.Divisor);

    public static AlertRuleColumn Low { get; } = new("low", "Float64", (_, probe, _) => probe.Range.Low);

    public static AlertRuleColumn High { get; } = new("high", "Float64", (_, probe, _) => probe.Range.High);

    public static AlertRuleColumn IsOutside { get; } = new("is_outside", "Bool", (_, probe, _) => probe.Range.IsOutside);

    public static AlertRuleColumn MinRequests { get; } = new("min_requests", "UInt64", (_, probe, _) => probe.MinRequests);

    public static AlertRuleColumn Percent { get; } = new("percent", "UInt8", (_, probe, _) => probe.Aggregate.LatencyPercent ?? 0);

    public static AlertRuleColumn Buckets { get; } = new("buckets", "UInt32", (query, probe, _) => query.Shape.IsPercentile ? probe.Buckets(query.Steps) : 0u);

    /// <summary>What the rule wants of a dimension; empty where it wants nothing.</summary>
    public static AlertRuleColumn Filter(string dimension) => new($"filter_{dimension}", "String", (_, probe, _) => FilterOf(probe, dimension));

    private static string FilterOf(AlertProbe probe, string dimension)
    {
        foreach (var condition in probe.Rule.Filter)
        {
            if (condition.Dimension == dimension)
                return condition.Value;
        }

        return "";
    }
}
