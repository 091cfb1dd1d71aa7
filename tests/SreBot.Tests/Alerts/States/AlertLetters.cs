using SreBot.Alerts.Rules;
using SreBot.Alerts.States;

namespace SreBot.Tests.Alerts.States;

/// <summary>Rules and verdicts as the tables of cases write them.</summary>
internal static class AlertLetters
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    private static readonly AlertRule Above = new()
    {
        Name = "r",
        Projects = ["Project_1"],
        Metric = "latency",
        Aggregate = "max",
        Comparator = AlertComparator.GreaterOrEqual,
        Threshold = 20,
    };

    /// <param name="options">With commas, such as <c>for 2m, no_data state</c>.</param>
    public static AlertRule Rule(string options)
    {
        var rule = Above;
        foreach (var option in options.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = option.Split(' ');
            rule = words[0] switch
            {
                "for" => rule with { For = Time(words[1]) },
                "cooldown" => rule with { Cooldown = Time(words[1]) },
                "recovery" => rule with { RecoveryThreshold = 10 },
                "below" => rule with { Comparator = AlertComparator.LessOrEqual, RecoveryThreshold = 30 },
                "no_data" => rule with { NoDataPolicy = AlertNames.Parse<MissingPolicy>(words[1]) },
                "error" => rule with { ErrorPolicy = AlertNames.Parse<MissingPolicy>(words[1]) },
                "insufficient" => rule with { InsufficientPolicy = AlertNames.Parse<InsufficientPolicy>(words[1]) },
                "hold" => rule with { MaxHold = Time(words[1]) },
                "repeat" => rule with { RepeatInterval = Time(words[1]) },
                "vanish" => rule with { VanishAfter = int.Parse(words[1]), VanishResolves = words.Length > 2 },
                _ => throw new ArgumentException(option),
            };
        }

        return rule;
    }

    public static (Verdict Verdict, double? Value) Read(AlertRule rule, string letter)
    {
        var (breach, between, clear) = rule.Comparator.IsBelow() ? (5, 25, 35) : (30, 15, 5);
        return letter switch
        {
            "1" => (Verdict.Breach, breach),
            "~" => (Verdict.Between, between),
            "0" => (Verdict.Clear, clear),
            "i" => (Verdict.Insufficient, breach),
            "i~" => (Verdict.Insufficient, between),
            "i0" => (Verdict.Insufficient, clear),
            "n" => (Verdict.NoData, null),
            "e" => (Verdict.Error, null),
            "v" => (Verdict.Vanished, null),
            "u" => (Verdict.Unknown, null),
            _ => throw new ArgumentException(letter),
        };
    }

    private static TimeSpan Time(string word) => AlertDuration.Find(word)!.Value;
}
