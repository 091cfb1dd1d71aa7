using System.Globalization;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Alerts.Rules;

/// <summary>Reads alert commands, the same on every surface. A mistake says which word should have been what.</summary>
internal static class AlertGrammar
{
    public const string Example = "alert create latency max >= 20 ms over 5m in Project_1";

    public static IReadOnlyList<string> Examples { get; } =
    [
        Example,
        "alert create error_rate > 5% over 10m for 2m min 20 by server_id severity critical notify #here as \"errors\"",
        "alert list", "alert show errors", "alert mute errors 2h", "alert delete errors",
    ];

    /// <exception cref="SreException">Invalid, with what was expected at which word.</exception>
    public static AlertCommand Parse(string text, AlertDefaults defaults)
    {
        var words = new AlertWords(text);
        switch (words.Peek)
        {
            case "create":
                words.Skip("create");
                return new AlertCommand.Create(ParseRule(words, defaults));
            case "list" or "":
                words.Skip("list");
                return words.IsAtEnd ? new AlertCommand.List() : throw words.Expected("the end of the command");
            case "show":
                words.Skip("show");
                return new AlertCommand.Show(words.TakeRest("an alert's name"));
            case "mute":
                words.Skip("mute");
                return new AlertCommand.Mute(words.TakeAllButLast("an alert's name and a time such as 2h"), words.Take("a time such as 2h", AlertDuration.Find));
            case "delete":
                words.Skip("delete");
                return new AlertCommand.Delete(words.TakeRest("an alert's name"));
            default:
                throw words.Expected("create, list, show, mute or delete");
        }
    }

    private static AlertRule ParseRule(AlertWords words, AlertDefaults defaults)
    {
        var metric = words.Take($"a metric ({Names(MetricCatalogue.All.Select(known => known.Name))})", FindMetric).Value;
        var aggregate = FindAggregate(metric, words.Peek);
        if (aggregate is not null)
        {
            words.Take("an aggregate");
        }

        aggregate ??= metric.Aggregates[0];
        var comparators = aggregate == metric.Aggregates[0] ? $"an aggregate ({Names(metric.Aggregates.Select(known => known.Name))}) or a comparator" : "a comparator";
        var comparator = words.Take($"{comparators} (>, >=, <, <=, ==, !=, between, not_between)", AlertComparators.Find);
        var unit = metric.UnitOf(aggregate);
        var threshold = AlertNumber.Take(words, unit);
        double? thresholdMax = null;
        if (comparator.IsRange())
        {
            _ = words.Skip("and") || words.Skip(",");
            thresholdMax = AlertNumber.Take(words, unit);
        }

        var rule = new AlertRule
        {
            Name = "",
            Projects = defaults.Projects,
            Metric = metric.Name,
            Aggregate = aggregate.Name,
            Comparator = comparator,
            Threshold = threshold,
            ThresholdMax = thresholdMax,
            Targets = defaults.Here is { } here ? [here] : [],
        };
        return Complete(ParseClauses(rule, words, defaults, unit), defaults);
    }

    private static AlertRule ParseClauses(AlertRule rule, AlertWords words, AlertDefaults defaults, string unit)
    {
        var said = new HashSet<string>();
        while (!words.IsAtEnd)
        {
            var clause = words.Peek;
            if (!said.Add(clause))
            {
                throw words.Expected($"something other than a second {clause}");
            }

            rule = ParseClause(rule, words, defaults, unit);
        }

        return rule;
    }

    private static AlertRule ParseClause(AlertRule rule, AlertWords words, AlertDefaults defaults, string unit) => true switch
    {
        _ when words.Skip("over") => rule with { Window = words.Take("a window such as 10m", AlertDuration.Find) },
        _ when words.Skip("for") => rule with { For = words.Take("a time such as 2m", AlertDuration.Find) },
        _ when words.Skip("cooldown") => rule with { Cooldown = words.Take("a time such as 5m", AlertDuration.Find) },
        _ when words.Skip("recovery") => rule with { RecoveryThreshold = AlertNumber.Take(words, unit) },
        _ when words.Skip("min") => rule with { MinRequests = words.Take("a number of requests such as 20", FindCount) },
        _ when words.Skip("in") => rule with { Projects = [.. words.TakeList("a project such as Project_1").Distinct()] },
        _ when words.Skip("where") => rule with { Filter = ParseFilter(words) },
        _ when words.Skip("by") => rule with { GroupBy = [.. words.TakeList("a dimension such as server_id").Select(Dimension).Distinct()] },
        _ when words.Skip("severity") => rule with { Severity = words.Take("info, warning or critical").ToLowerInvariant() },
        _ when words.Skip("notify") => rule with { Targets = [.. words.TakeList("#here or platform:workspace/channel").Select(target => Target(target, defaults.Here)).Distinct()] },
        _ when words.Skip("as") => rule with { Name = words.Take("a name in quotes") },
        _ => throw words.Expected("over, for, cooldown, recovery, min, in, where, by, severity, notify or as"),
    };

    private static AlertRule Complete(AlertRule rule, AlertDefaults defaults)
    {
        if (rule.Projects.Except(defaults.Projects).FirstOrDefault() is { } unknown)
        {
            throw new SreException(SreErrorKind.Invalid, defaults.Projects.Count == 0
                ? "No project can be seen here; link the channel to one first: link Project_1"
                : $"There is no {unknown} that you can see here; use {Names(defaults.Projects.Take(10))}.");
        }

        rule = rule with { Filter = [.. defaults.Conditions.Where(condition => !rule.Filter.Contains(condition)), .. rule.Filter] };
        return AlertLimits.Check(rule with { Name = rule.Name.Length > 0 ? rule.Name : AlertText.Name(rule) });
    }

    private static List<DimensionCondition> ParseFilter(AlertWords words)
    {
        var filter = new List<DimensionCondition>();
        do
        {
            var dimension = Dimension(words.Take("a dimension such as server_id"));
            if (!words.Skip("=") && !words.Skip("=="))
            {
                throw words.Expected("=");
            }

            filter.Add(new DimensionCondition(dimension, words.Take("a value")));
        }
        while (words.Skip(",") || words.Skip("and"));
        return filter;
    }

    /// <summary><c>server</c> means <c>server_id</c>, <c>project</c> <c>project_id</c>.</summary>
    private static string Dimension(string word) => MetricQueries.Column(word.ToLowerInvariant() switch
    {
        "server" => "server_id",
        "project" => "project_id",
        var other => other,
    });

    private static string Target(string word, string? here)
    {
        if (word is "#here" or "here")
        {
            return here ?? throw new SreException(SreErrorKind.Invalid, "There is no channel here; name one as platform:workspace/channel.");
        }

        try
        {
            return Adapters.Chat.ChatAddress.Parse(word).ToTarget();
        }
        catch (FormatException error)
        {
            throw new SreException(SreErrorKind.Invalid, $"'{word}' is not a channel that I know; write #here, or platform:workspace/channel.", error);
        }
    }

    private static KeyValuePair<string, Metric>? FindMetric(string word) =>
        MetricCatalogue.All.FirstOrDefault(metric => string.Equals(metric.Name, word, StringComparison.OrdinalIgnoreCase)) is { } metric ? new(word, metric) : null;

    private static MetricAggregate? FindAggregate(Metric metric, string word) =>
        metric.Aggregates.FirstOrDefault(aggregate => string.Equals(aggregate.Name, word, StringComparison.OrdinalIgnoreCase));

    private static long? FindCount(string word) => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);
}
