using System.Globalization;
using SreBot.Model;

namespace SreBot.Alerts.Rules;

/// <summary>The clauses of a rule, in any order; each is one entry of the table. What is optional is taken away by <c>none</c>.</summary>
internal static class AlertClauses
{
    private delegate AlertRule Read(AlertRule rule, AlertWords words, AlertDefaults defaults);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly string[] Severities = ["info", "warning", "critical"];

    private static readonly (string Word, Read Read)[] Table =
    [
        ("over", Over),
        ("for", (rule, words, _) => rule with { For = AlertDuration.Take(words, "a time", "2m", TimeSpan.Zero, TimeSpan.FromDays(1)) }),
        ("cooldown", (rule, words, _) => rule with { Cooldown = AlertDuration.Take(words, "a time", "5m", TimeSpan.Zero, TimeSpan.FromDays(1)) }),
        ("recovery", (rule, words, _) => rule with { RecoveryThreshold = None(words) ? null : AlertNumber.Take(words, rule.Measure.Unit) }),
        ("min", (rule, words, _) => rule with { MinRequests = words.Take("a number of requests such as 20", Count) }),
        ("in", (rule, words, defaults) => rule with { Projects = Projects(words, defaults) }),
        ("where", (rule, words, _) => rule with { Filter = None(words) ? [] : Filter(words) }),
        ("by", (rule, words, _) => rule with { GroupBy = None(words) ? [] : [.. words.TakeList(() => Dimension(words)).Distinct()] }),
        ("severity", (rule, words, _) => rule with { Severity = words.TakeAs("info, warning or critical", word => Severities.FirstOrDefault(known => Same(known, word)), Severities) }),
        ("notify", (rule, words, defaults) => rule with { Targets = None(words) ? [] : [.. words.TakeList(() => AlertTarget.Take(words, defaults)).Distinct()] }),
        ("escalate", (rule, words, defaults) => rule with { Escalations = None(words) ? [] : [.. words.TakeList(() => Escalation(words, defaults)).OrderBy(step => step.After)] }),
        ("repeat", Repeat),
        ("no_data", (rule, words, _) => rule with { NoDataPolicy = Policy<MissingPolicy>(words) }),
        ("error", (rule, words, _) => rule with { ErrorPolicy = Policy<MissingPolicy>(words) }),
        ("insufficient", (rule, words, _) => rule with { InsufficientPolicy = Policy<InsufficientPolicy>(words) }),
        ("max_hold", (rule, words, _) => rule with { MaxHold = None(words) ? null : AlertDuration.Take(words, "a time", "30m", Minute, TimeSpan.FromDays(30)) }),
        ("vanish", Vanish),
        ("objective", (rule, words, _) => rule with { Objective = Objective(words) }),
        ("runbook", (rule, words, _) => rule with { RunbookUrl = None(words) ? null : words.TakeAs("a web address such as https://wiki.example/errors", Url) }),
        ("as", (rule, words, _) => rule with { Name = words.Take("a name in quotes") }),
        ("disabled", (rule, _, _) => rule with { IsEnabled = false }),
    ];

    public static IReadOnlyList<string> Words { get; } = [.. Table.Select(clause => clause.Word)];

    private static readonly string What = $"{string.Join(", ", Words.SkipLast(1))} or {Words[^1]}";

    /// <summary>Whether the word begins a clause, or means something within one.</summary>
    public static bool IsWord(string word) => Words.Contains(word.ToLowerInvariant()) || word.ToLowerInvariant() is "and" or "none";

    /// <summary>Takes all clauses that are left; in a new rule the condition may stand at any place among them.</summary>
    /// <param name="hasCondition">It is taken already.</param>
    public static AlertRule TakeAll(AlertRule rule, AlertWords words, AlertDefaults defaults, bool hasCondition)
    {
        var said = new HashSet<string>();
        while (!words.IsAtEnd || !hasCondition)
        {
            var word = words.Peek;
            if (!hasCondition && (!Words.Contains(word) || word == "recovery"))
            {
                rule = AlertCondition.Take(rule, words, defaults);
                hasCondition = true;
            }
            else
            {
                rule = Take(rule, words, defaults, said, []);
            }
        }

        return rule;
    }

    /// <summary>Takes one clause.</summary>
    /// <param name="or">What else may stand there.</param>
    public static AlertRule Take(AlertRule rule, AlertWords words, AlertDefaults defaults, HashSet<string> said, IReadOnlyList<string> or)
    {
        var word = words.Peek;
        if (Table.FirstOrDefault(clause => clause.Word == word).Read is not { } read)
            throw words.Expected(or.Count == 0 ? What : $"{string.Join(", ", or)}, {What}", [.. Words, .. or]);
        if (!said.Add(word))
            throw words.Expected($"something other than a second {word}", Words.Except(said));

        words.Skip(word);
        return read(rule, words, defaults);
    }

    public static IReadOnlyList<string> Projects(AlertWords words, AlertDefaults defaults) => [.. words.TakeList(() => Project(words, defaults)).Distinct()];

    /// <exception cref="SreException">Invalid: it is none that can be seen here.</exception>
    private static string Project(AlertWords words, AlertDefaults defaults)
    {
        if (defaults.Projects.Count == 0)
            throw new SreException(SreErrorKind.Invalid, "No project can be seen here; link the channel to one first: link Project_1");

        var what = $"a project that you can see here ({string.Join(", ", defaults.Projects.Take(10))}{(defaults.Projects.Count > 10 ? ", …" : "")})";
        return words.TakeAs(what, word => defaults.Projects.FirstOrDefault(known => Same(known, word)), defaults.Projects);
    }

    public static List<DimensionCondition> Filter(AlertWords words) => [.. words.TakeList(() =>
    {
        var dimension = Dimension(words);
        if (!words.SkipAny("=", "=="))
            throw words.Expected("=", ["="]);

        var isRoute = words.Peek is "get" or "post" or "put" or "patch" or "delete" or "head" && words.PeekAt(1).StartsWith('/');
        return new DimensionCondition(dimension, isRoute ? words.TakeText("a value", 2) : words.Take("a value"));
    })];

    /// <summary><c>server</c> means <c>server_id</c>, <c>project</c> <c>project_id</c>.</summary>
    private static string Dimension(AlertWords words) =>
        words.TakeAs($"a dimension ({string.Join(", ", Dimensions.All)})", word => Dimensions.All.FirstOrDefault(known => Same(known, word) || Same(known, word + "_id")), [.. Dimensions.All, "server", "project"]);

    private static AlertRule Over(AlertRule rule, AlertWords words, AlertDefaults defaults)
    {
        var window = AlertDuration.Take(words, "a window", "10m", Minute, TimeSpan.FromDays(30));
        return rule with { Window = window, ShortWindow = words.Skip("and") ? AlertDuration.Take(words, "a shorter window", "5m", Minute, window - Minute < Minute ? Minute : window - Minute) : null };
    }

    private static AlertRule Repeat(AlertRule rule, AlertWords words, AlertDefaults defaults)
    {
        words.Skip("every");
        return rule with { RepeatInterval = None(words) ? null : AlertDuration.Take(words, "a time", "30m", Minute, TimeSpan.FromDays(7)) };
    }

    private static EscalationStep Escalation(AlertWords words, AlertDefaults defaults)
    {
        words.Skip("after");
        var after = AlertDuration.Take(words, "a time", "15m", Minute, TimeSpan.FromDays(7));
        words.Require("to");
        return new EscalationStep(after, AlertTarget.Take(words, defaults));
    }

    private static AlertRule Vanish(AlertRule rule, AlertWords words, AlertDefaults defaults)
    {
        if (words.Skip("after"))
        {
            rule = rule with { VanishAfter = words.Take("a number of minutes such as 3", Ticks) };
            words.SkipAny("minutes", "minute");
        }
        else if (words.Peek is not ("resolve" or "policy"))
        {
            throw words.Expected("after, resolve or policy", "after", "resolve", "policy");
        }

        return words.Skip("resolve") ? rule with { VanishResolves = true } : words.Skip("policy") ? rule with { VanishResolves = false } : rule;
    }

    /// <summary>Takes percent of good requests.</summary>
    public static double Objective(AlertWords words) => words.Take("a percentage between 0% and 100% such as 99.9%", word =>
        double.TryParse(word.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is > 0 and < 100 ? (double?)percent : null);

    private static T Policy<T>(AlertWords words) where T : struct, Enum
    {
        var names = Enum.GetValues<T>().ToDictionary(value => AlertNames.Of(value), StringComparer.OrdinalIgnoreCase);
        return words.Take(string.Join(" or ", names.Keys), word => names.TryGetValue(word, out var policy) ? (T?)policy : null, names.Keys);
    }

    private static string? Url(string word) => Uri.TryCreate(word, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https") && url.Host.Length > 0 ? word : null;

    private static int? Ticks(string word) => Count(word) is >= 1 and <= 1440 and var ticks ? (int)ticks : null;

    private static long? Count(string word) => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    private static bool None(AlertWords words) => words.SkipAny("none", "off");

    private static bool Same(string known, string word) => string.Equals(known, word, StringComparison.OrdinalIgnoreCase);
}
