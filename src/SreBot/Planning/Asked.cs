using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Planning;

/// <summary>A question as the rules read it: what to do, and about what.</summary>
internal sealed record Asked
{
    /// <summary>Null: it names things, and not what to do with them.</summary>
    public string? Tool { get; init; }

    /// <summary>The answer, where no tool is needed; null else.</summary>
    public string? Text { get; init; }

    /// <summary>The rule says no more than what the question names, so in a thread the earlier tool goes on.</summary>
    public bool IsWeak { get; init; }
    public string? Incident { get; init; }
    public IReadOnlyList<DimensionCondition> Terms { get; init; } = [];
    public string? Metric { get; init; }
    public string? Aggregate { get; init; }
    public string? Window { get; init; }
    public string? Before { get; init; }
    public string? Kind { get; init; }

    /// <summary>The values of <see cref="Kind"/> to hold against each other.</summary>
    public string? Among { get; init; }
    public int? Count { get; init; }
    public bool IsLowest { get; init; }

    /// <summary>The rule's name; <c>it</c> for the one before.</summary>
    public string? Alert { get; init; }
    public int? Minutes { get; init; }

    /// <summary>The arguments of a tool that plans a change; null: of no such tool.</summary>
    public IReadOnlyList<(string Name, object? Value)>? Wish { get; init; }

    /// <summary>Nothing that the tool cannot do without is left to an earlier question.</summary>
    public bool IsWhole => Tool switch
    {
        null => Text is not null,
        "find_incident" or "acknowledge_incident" or "snooze_incident" or "resolve_incident" => Incident is not null,
        "mute_alert" or "explain_alert" or "delete_alert" or "subscribe_to_alert" => Alert is not null and not "it",
        _ => true,
    };

    public OfflineCall ToCall() => Tool switch
    {
        null => OfflineCall.Say(Text ?? HelpText.Unknown),
        "list_alerts" => OfflineCall.To(Tool),
        "find_incident" or "acknowledge_incident" or "resolve_incident" => OfflineCall.To(Tool, ("incident_id", Incident)),
        "snooze_incident" => OfflineCall.To(Tool, ("incident_id", Incident), ("minutes", Minutes)),
        "recent_incidents" => OfflineCall.To(Tool, ("count", Count)),
        "recent_changes" => OfflineCall.To(Tool, ("window", Window), ("service", Value("service") ?? Value(FilterText.AnyDimension))),
        "backtest_alert" => OfflineCall.To(Tool, ("name", Alert == "it" ? null : Alert), ("past", Window)),
        "suggest_threshold" => OfflineCall.To(Tool, ("name", Alert == "it" ? null : Alert), ("past", Window), ("metric", Metric), ("aggregate", Aggregate), ("filter", Filter()), ("by", Kind)),
        "explain_alert" => OfflineCall.To(Tool, ("name", Alert), ("at", Window)),
        "delete_alert" or "subscribe_to_alert" => OfflineCall.To(Tool, ("name", Alert)),
        "create_alert" or "silence_alerts" => OfflineCall.To(Tool, Wish ?? []),
        "mute_alert" => OfflineCall.To(Tool, ("name", Alert), ("minutes", Minutes)),
        "explain_cause" when Incident is not null => OfflineCall.To(Tool, ("incident_id", Incident)),
        "explain_cause" => OfflineCall.To(Tool, ("server", Value("server_id")), ("project", Value("project_id")), ("window", Window), ("filter", Filter("server_id", "project_id")), ("metric", Metric)),
        "percentiles" => OfflineCall.To(Tool, ("percentile", Aggregate), ("window", Window), ("filter", Filter())),
        "metric_over_time" => OfflineCall.To(Tool, [.. Read, ("window", Window), ("filter", Filter())]),
        "compare_windows" => OfflineCall.To(Tool, [.. Read, ("window", Window), ("before", Before), ("filter", Filter())]),
        "largest_swing" => OfflineCall.To(Tool, [.. Read, ("dimension", Kind ?? "server"), ("window", Window), ("filter", Filter())]),
        _ => OfflineCall.To(Tool, [.. Read, ("dimension", Kind ?? "server"), ("window", Window), ("filter", Filter()), ("count", Count), ("lowest", IsLowest ? true : null), ("among", Among)]),
    };

    private (string Name, object? Value)[] Read => [("metric", Metric ?? "latency"), ("aggregate", Aggregate)];

    private string? Value(string dimension) => Terms.FirstOrDefault(term => term.Dimension == dimension)?.Value;

    private string? Filter(params string[] but) => Terms.Where(term => !but.Contains(term.Dimension)).ToList() is { Count: > 0 } terms
        ? string.Join(" and ", terms.Select(term => term.Dimension == FilterText.AnyDimension ? term.Value : $"{FilterText.Plain(term.Dimension)} = {term.Value}")) : null;
}
