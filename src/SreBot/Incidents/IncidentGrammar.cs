using SreBot.Model;

namespace SreBot.Incidents;

/// <summary>Reads what follows <c>incident</c>. Pure.</summary>
internal static class IncidentGrammar
{
    private static readonly string[] Statuses = ["open", "acknowledged", "resolved", "unresolved", "snoozed"];

    public static IReadOnlyList<string> Examples { get; } =
    [
        "incident list", "incident list open in Project_1", "incident show INC-7", "incident ack INC-7", "incident snooze INC-7 2h", "incident unsnooze INC-7",
        "incident ticket INC-7 https://tickets.example/OPS-7", "incident resolve INC-7",
    ];

    /// <exception cref="SreException">Invalid, saying what was expected at which word.</exception>
    public static IncidentCommand Parse(string text)
    {
        var words = text.Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.FirstOrDefault()?.ToLowerInvariant() switch
        {
            null or "list" => new IncidentCommand.List(Filter(words)),
            "show" => new IncidentCommand.Show(Number(words, "show", 2)),
            "ack" or "acknowledge" => Act(words, "ack", new IncidentAct.Acknowledge(), 2),
            "resolve" => Act(words, "resolve", new IncidentAct.Resolve(), 2),
            "unsnooze" => Act(words, "unsnooze", new IncidentAct.Wake(), 2),
            "snooze" => Act(words, "snooze", new IncidentAct.Snooze(SnoozeTime.Parse(string.Join(' ', words.Skip(2)))), int.MaxValue),
            "ticket" when words.Length == 2 => throw Expected(3, "the ticket's web address, or none", Examples[6]),
            "ticket" => Act(words, "ticket", new IncidentAct.Ticket(words.ElementAtOrDefault(2) is { } url && !string.Equals(url, "none", StringComparison.OrdinalIgnoreCase) ? Bare(url) : null), 3),
            _ => throw Expected(1, "list, show, ack, snooze, unsnooze, ticket or resolve", Examples[2]),
        };
    }

    private static IncidentCommand Act(string[] words, string verb, IncidentAct act, int most) => new IncidentCommand.Do(Number(words, verb, most), act);

    private static long Number(string[] words, string verb, int most)
    {
        if (words.Length < 2)
        {
            throw Expected(2, "an incident", $"incident {verb} INC-7");
        }

        return words.Length <= most ? IncidentNumber.Parse(words[1]) : throw Expected(most + 1, "nothing more", string.Join(' ', words.Take(most).Prepend("incident")));
    }

    /// <summary>Slack puts addresses between angle brackets.</summary>
    private static string Bare(string url) => url.StartsWith('<') && url.EndsWith('>') ? url[1..^1].Split('|')[0] : url;

    private static IncidentFilter Filter(string[] words)
    {
        var filter = new IncidentFilter();
        for (var i = 1; i < words.Length; i++)
        {
            var word = words[i].ToLowerInvariant();
            filter = (word, filter) switch
            {
                ("in", { Project: null }) when i + 1 < words.Length => filter with { Project = words[++i] },
                ("in", { Project: null }) => throw Expected(i + 2, "a project", "incident list in Project_1"),
                (_, { Status: null }) when Statuses.Contains(word) => filter with { Status = word },
                _ => throw Expected(i + 1, filter.Status is null ? $"{string.Join(", ", Statuses)}, or in and a project" : "in and a project", "incident list open in Project_1"),
            };
        }

        return filter;
    }

    private static SreException Expected(int place, string what, string example) => new(SreErrorKind.Invalid, $"Word {place} should be {what}; for example: {example}");
}
