using System.Text.Json.Nodes;
using SreBot.Alerts.Rules;

namespace SreBot.Benchmarks.AlertScenarios;

/// <summary>A rule in the words of the scenario files, as one of SreBot's.</summary>
internal static class ScenarioRule
{
    /// <summary>The dimension that a scenario's groups are values of.</summary>
    public const string Dimension = "server_id";

    /// <summary>What an edit must change for the states to start anew.</summary>
    private static readonly string[] Condition = ["comparator", "threshold", "threshold_max", "window_s"];

    /// <summary>Two names for one thing.</summary>
    private static readonly string[] Cooldown = ["keep_firing_for_s", "cooldown_s"];

    /// <param name="isPrometheus">A group that is absent is not breaching, at once.</param>
    /// <exception cref="FormatException">A word of it is unknown.</exception>
    public static AlertRule Of(JsonObject words, bool isGrouped, bool isPrometheus)
    {
        var rule = Plain(words, isGrouped);
        return Number(words, "missing_evals_to_resolve") switch
        {
            null when isPrometheus => rule with { VanishAfter = 1 },
            null => rule,
            1 when rule.NoDataPolicy == MissingPolicy.Ok => rule with { VanishAfter = 1 }, // as not breaching: the quiet time still runs
            { } ticks => rule with { VanishAfter = (int)ticks, VanishResolves = true },
        };
    }

    private static AlertRule Plain(JsonObject words, bool isGrouped) => new()
    {
        Name = "scenario",
        Projects = ["Project_1"],
        Metric = "latency",
        Aggregate = "max",
        GroupBy = isGrouped ? [Dimension] : [],
        Comparator = AlertComparators.Find(Word(words, "comparator") ?? ">=") ?? throw Unknown("comparator", words),
        Threshold = Number(words, "threshold") ?? throw Unknown("threshold", words),
        ThresholdMax = Number(words, "threshold_max"),
        RecoveryThreshold = Number(words, "recovery_threshold"),
        Window = Time(words, "window_s") ?? TimeSpan.FromMinutes(1),
        MinRequests = (long)(Number(words, "min_count") ?? 0),
        For = Time(words, "for_s") ?? TimeSpan.Zero,
        Cooldown = Cooldown.Select(name => Time(words, name)).FirstOrDefault(time => time is not null) ?? TimeSpan.Zero,
        NoDataPolicy = Missing(words, "no_data_policy", own: "no_data"),
        ErrorPolicy = Missing(words, "error_policy", own: "error"),
        InsufficientPolicy = Word(words, "min_count_mode") switch
        {
            null or "gate_condition" => InsufficientPolicy.Clear,
            "gate_trigger_only" => InsufficientPolicy.GateTrigger,
            "hold" => InsufficientPolicy.Hold,
            _ => throw Unknown("min_count_mode", words),
        },
        RepeatInterval = Time(words, "resend_delay_s"),
        MaxHold = Time(words, "max_hold_s"),
    };

    /// <param name="edit">The fields that change, and <c>before_t_s</c>.</param>
    public static JsonObject Edited(JsonObject words, JsonObject edit)
    {
        var edited = words.DeepClone().AsObject();
        foreach (var (name, value) in edit.Where(field => field.Key != "before_t_s"))
        {
            foreach (var same in Cooldown.Contains(name) ? Cooldown : [name])
            {
                edited.Remove(same);
            }

            edited[name] = value?.DeepClone();
        }

        return edited;
    }

    /// <summary>Between two ticks.</summary>
    public static TimeSpan Interval(JsonObject words) => Time(words, "eval_interval_s") ?? TimeSpan.FromMinutes(1);

    /// <summary>The edit changes what is watched, not only how it is told.</summary>
    public static bool ChangesCondition(JsonObject before, JsonObject after) => Condition.Any(name => !JsonNode.DeepEquals(before[name], after[name]));

    private static MissingPolicy Missing(JsonObject words, string name, string own) => Word(words, name) switch
    {
        null or "hold" or "keep_last" => MissingPolicy.Hold,
        "ok" => MissingPolicy.Ok,
        "zero" => MissingPolicy.Zero,
        "alert" or "alerting" => MissingPolicy.Alert,
        var word when word == own => MissingPolicy.State,
        _ => throw Unknown(name, words),
    };

    private static string? Word(JsonObject words, string name) => words[name]?.GetValue<string>();

    private static double? Number(JsonObject words, string name) => words[name]?.GetValue<double>();

    private static TimeSpan? Time(JsonObject words, string name) => Number(words, name) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static FormatException Unknown(string name, JsonObject words) => new($"The rule's {name} is not understood: {words[name]?.ToJsonString() ?? "it is missing"}");
}
