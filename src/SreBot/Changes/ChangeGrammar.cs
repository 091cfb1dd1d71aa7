using System.Text.RegularExpressions;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Changes;

/// <summary>Reads <c>deploy checkout v42 in Project_3 at 14:05 link https://… note …</c> and <c>change config checkout timeout=5s …</c>. Pure.</summary>
internal static partial class ChangeGrammar
{
    private static readonly string[] Clauses = ["in", "at", "by", "link", "note"];

    public static IReadOnlyList<string> DeployExamples { get; } = ["deploy checkout v42", "deploy checkout v42 in Project_3 at 14:05", "deploy checkout v42 link https://ci.example/1 note fixes the cart"];
    public static IReadOnlyList<string> ChangeExamples { get; } = ["change config checkout timeout=5s", "change flag checkout new-cart=on note for everybody"];

    /// <summary>Whether it reports a deploy rather than asks about one: a service, a version, and nothing else but clauses.</summary>
    /// <param name="text">What follows <c>deploy</c>.</param>
    public static bool IsDeploy(string text) => text.Length == 0 || Deploy().IsMatch(text);

    /// <param name="text">What follows <c>change</c>.</param>
    public static bool IsChange(string text) => text.Length == 0 || Change().IsMatch(text);

    /// <exception cref="SreException">Invalid, with an example.</exception>
    public static ChangeDraft ParseDeploy(string text, DateTimeOffset now)
    {
        var (head, clauses) = Split(text);
        return head switch
        {
            [var service, var version] => With(new ChangeDraft("deploy", service, version), clauses, now),
            [] => throw Mistake("Word 1 should be the service", DeployExamples[0]),
            [_] => throw Mistake("Word 2 should be the version", DeployExamples[0]),
            [_, _, var other, ..] => throw Mistake($"After the version come 'in', 'at', 'by', 'link' or 'note', and not '{Short(other)}'", DeployExamples[1]),
        };
    }

    /// <exception cref="SreException">Invalid, with an example.</exception>
    public static ChangeDraft ParseChange(string text, DateTimeOffset now)
    {
        var (head, clauses) = Split(text);
        return head switch
        {
            [var kind, var service, .. var what] when IsKind(kind) => With(new ChangeDraft(kind, service, string.Join(' ', what)), clauses, now),
            [var kind] when IsKind(kind) => throw Mistake("Word 2 should be the service", ChangeExamples[0]),
            _ => throw Mistake("Word 1 should be config or flag", ChangeExamples[0]),
        };
    }

    private static bool IsKind(string word) => word.ToLowerInvariant() is "config" or "flag";

    private static ChangeDraft With(ChangeDraft draft, Dictionary<string, string> clauses, DateTimeOffset now)
    {
        var note = clauses.GetValueOrDefault("note")?.Trim('"');
        return draft with
        {
            Projects = clauses.GetValueOrDefault("in")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            At = clauses.TryGetValue("at", out var at) ? Time(at, now) : null,
            Who = clauses.GetValueOrDefault("by"),
            Link = clauses.GetValueOrDefault("link"),
            Title = note is null ? null : $"{new ChangeFacts(now, draft.Kind.ToLowerInvariant(), draft.Service, draft.Version, "", "", "").Name}: {note}",
        };
    }

    private static DateTimeOffset Time(string text, DateTimeOffset now)
    {
        try
        {
            return TimeText.Parse($"since {text}", now.AddTicks(1)).From;
        }
        catch (SreException error) when (error.Kind == SreErrorKind.Invalid)
        {
            throw Mistake($"I cannot read the time '{Short(text)}', or it has not come yet", "deploy checkout v42 at 14:05, or at 2026-03-01T14:05Z");
        }
    }

    /// <summary>The words before the first clause, and each clause's text by its word.</summary>
    private static (List<string> Head, Dictionary<string, string> Clauses) Split(string text)
    {
        var (head, clauses) = (new List<string>(), new Dictionary<string, string>());
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string? clause = null;
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i].ToLowerInvariant();
            if (!Clauses.Contains(word) || (clause == "note" && !IsLink(words, i)))
            {
                if (clause is null)
                    head.Add(words[i]);
                else
                    clauses[clause] = $"{clauses[clause]} {words[i]}".Trim();
            }
            else if (!clauses.TryAdd(clause = word, ""))
            {
                throw Mistake($"'{word}' stands twice", DeployExamples[1]);
            }
        }

        return clauses.FirstOrDefault(entry => entry.Value.Length == 0).Key is { } empty ? throw Mistake($"Something should follow '{empty}'", DeployExamples[empty == "link" || empty == "note" ? 2 : 1]) : (head, clauses);
    }

    /// <summary>A note is free text, in which "at" and "in" are words; only a web address ends it.</summary>
    private static bool IsLink(string[] words, int index) =>
        words[index].Equals("link", StringComparison.OrdinalIgnoreCase) && index + 1 < words.Length && words[index + 1].StartsWith("http", StringComparison.OrdinalIgnoreCase);

    private static SreException Mistake(string what, string example) => new(SreErrorKind.Invalid, $"{what}; for example: {example}.");

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    /// <summary>Not <c>deploy at 14:05 broke it</c>, <c>deploy caused 500s</c> or <c>deploy checkout v42 broke it?</c>.</summary>
    [GeneratedRegex(@"^(?!(?:of|at|in|on|by|to|from|since|after|before|until|today|yesterday|last|the|a|an|and|was|is|did|does|has|had|with|for|why|when|caused|causes|broke|breaks|gave|made|took|slowed|failed|raised|dropped)\b)[\w./@-]+\s+(?!\d{1,2}:\d\d)(?=\S*\d)[\w.+/@:-]+(?<!\?)(?:\s+(?:in|at|by|link|note)\s.*)?$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Deploy();

    [GeneratedRegex(@"^(?:config|flag)(?:\s+(?!(?:of|at|in|on|by|was|is|did|the|that|broke|caused)\b)[\w./@-]+(?:\s+[^\s?]*[=:][^\s?]*)?(?:\s+(?:in|at|by|link|note)\s.*)?)?$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Change();
}
