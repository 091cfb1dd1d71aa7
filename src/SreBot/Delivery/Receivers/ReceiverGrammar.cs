using SreBot.Model;

namespace SreBot.Delivery.Receivers;

/// <summary>Reads what follows <c>receiver</c>: pure.</summary>
internal static class ReceiverGrammar
{
    public static IReadOnlyList<string> Examples { get; } =
    [
        "receiver add email ops@example.org for Project_1,Project_2",
        "receiver add sms +4915112345678",
        "receiver add webhook ops https://example.org/srebot",
        "receiver add pagerduty oncall ROUTINGKEY",
        "receiver list",
        "receiver test email:ops@example.org",
        "receiver remove webhook:ops",
    ];

    /// <param name="text">What follows <c>receiver add</c>.</param>
    /// <exception cref="SreException">Invalid; it says what was expected.</exception>
    public static ReceiverDraft Draft(string text)
    {
        var words = Words(text);
        var projects = new List<string>();
        if (words.FindIndex(word => string.Equals(word, "for", StringComparison.OrdinalIgnoreCase)) is var at and >= 0)
        {
            projects = [.. words.Skip(at + 1).SelectMany(word => word.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
            words = words[..at];
            if (projects.Count == 0)
            {
                throw Mistake("Projects should follow 'for'", 0);
            }
        }

        if (words.Count == 0 || NotifyTarget.KindOf(words[0]) is not { } kind)
        {
            throw Mistake(words.Count == 0 ? "A kind should follow 'add'" : $"'{words[0]}' is no kind; it should be email, sms, webhook or pagerduty", 0);
        }

        return kind switch
        {
            NotifyTargetKind.Email when words.Count == 2 => new(NotifyTarget.Of(kind, words[1]), null, null, projects),
            NotifyTargetKind.Email => throw Mistake("One mail address should follow 'email'", 0),
            NotifyTargetKind.Sms when words.Count > 1 => new(NotifyTarget.Of(kind, string.Concat(words.Skip(1))), null, null, projects),
            NotifyTargetKind.Sms => throw Mistake("A number should follow 'sms'", 1),
            NotifyTargetKind.Webhook when words.Count == 3 => new(NotifyTarget.Of(kind, words[1]), words[2], null, projects),
            NotifyTargetKind.Webhook => throw Mistake("A name and a URL should follow 'webhook'", 2),
            _ when words.Count is 3 => new(NotifyTarget.Of(kind, words[1]), null, words[2], projects),
            _ when words.Count is 5 && string.Equals(words[3], "at", StringComparison.OrdinalIgnoreCase) => new(NotifyTarget.Of(kind, words[1]), words[4], words[2], projects),
            _ => throw Mistake("A name and a routing key should follow 'pagerduty', and 'at' with a URL where it is not PagerDuty's own", 3),
        };
    }

    /// <param name="text"><c>email:ops@example.org</c>, or <c>email ops@example.org</c>.</param>
    /// <exception cref="SreException">Invalid, when it is no receiver.</exception>
    public static NotifyTarget Target(string text)
    {
        var words = Words(text);
        return words switch
        {
            [var one] when one.Split(':', 2) is [var kind, var name] && NotifyTarget.KindOf(kind) is { } known => NotifyTarget.Of(known, name),
            [var kind, .. var rest] when rest.Count > 0 && NotifyTarget.KindOf(kind) is { } known => NotifyTarget.Of(known, string.Concat(rest)),
            _ => throw new SreException(SreErrorKind.Invalid, "Name one receiver as 'receiver list' shows it, such as: receiver test email:ops@example.org"),
        };
    }

    /// <summary>Chats turn addresses into links of their own: <c>&lt;mailto:a@b.c|a@b.c&gt;</c>, <c>&lt;https://…&gt;</c>.</summary>
    private static List<string> Words(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Plain)];

    private static string Plain(string word)
    {
        if (word.StartsWith('<') && word.EndsWith('>'))
        {
            word = word[1..^1].Split('|')[0];
        }

        return word.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? word[7..] : word.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) ? word[4..] : word;
    }

    private static SreException Mistake(string expected, int example) => new(SreErrorKind.Invalid, $"{expected}, such as: {Examples[example]}");
}
