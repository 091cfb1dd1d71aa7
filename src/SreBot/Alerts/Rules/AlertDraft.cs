using SreBot.Model;

namespace SreBot.Alerts.Rules;

/// <summary>Reads a whole rule, or what an edit changes of one.</summary>
internal static class AlertDraft
{
    public static AlertRule Read(AlertWords words, AlertDefaults defaults) => Complete(AlertClauses.TakeAll(New(defaults), words, defaults, hasCondition: false), defaults);

    /// <summary>The same with something else behind it that begins with that word.</summary>
    public static AlertRule ReadUpTo(AlertWords words, AlertDefaults defaults, string stop)
    {
        var rule = New(defaults);
        var (said, hasCondition) = (new HashSet<string>(), false);
        while (!hasCondition || (!words.IsAtEnd && words.Peek != stop))
        {
            (rule, hasCondition) = !hasCondition && !AlertClauses.Words.Contains(words.Peek)
                ? (AlertCondition.Take(rule, words, defaults), true) : (AlertClauses.Take(rule, words, defaults, said, [stop]), hasCondition);
        }

        return Complete(rule, defaults);
    }

    /// <summary>What an edit says is changed; all else stays.</summary>
    public static AlertRule Change(AlertRule before, AlertWords words, AlertDefaults defaults)
    {
        var (rule, said) = (before, new HashSet<string>());
        do
        {
            if (words.Skip("threshold"))
                rule = AlertCondition.TakeLimit(rule, words, [], rule.Comparator.IsRange() ? AlertComparator.GreaterOrEqual : rule.Comparator);
            else if (AlertCondition.IsNext(words, defaults))
                rule = AlertCondition.Take(rule, words, defaults);
            else if (words.Skip("rename"))
                rule = rule with { Name = Renamed(words) };
            else
                rule = AlertClauses.Take(rule, words, defaults, said, ["threshold", "rename", "a metric"]);
        }
        while (!words.IsAtEnd);

        return AlertLimits.Check(Within(rule, defaults));
    }

    private static string Renamed(AlertWords words)
    {
        words.Skip("to");
        return words.Take("a name in quotes");
    }

    /// <exception cref="SreException">Invalid, with the one thing that is wrong.</exception>
    public static AlertRule Complete(AlertRule rule, AlertDefaults defaults)
    {
        if (defaults.Projects.Count == 0)
            throw new SreException(SreErrorKind.Invalid, "No project can be seen here; link the channel to one first: link Project_1");

        rule = Within(rule, defaults);
        return AlertLimits.Check(rule with { Name = rule.Name.Length > 0 ? rule.Name : AlertText.Name(rule) });
    }

    private static AlertRule Within(AlertRule rule, AlertDefaults defaults) =>
        rule with { Filter = [.. defaults.Conditions.Where(condition => !rule.Filter.Contains(condition)), .. rule.Filter] };

    public static AlertRule New(AlertDefaults defaults) => new()
    {
        Name = "",
        Projects = defaults.Projects,
        Metric = "",
        Aggregate = "",
        Comparator = AlertComparator.GreaterOrEqual,
        Threshold = double.NaN,
        Targets = defaults.Here is { } here ? [here] : [],
    };
}
