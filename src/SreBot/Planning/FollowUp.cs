using System.Text.RegularExpressions;
using SreBot.Evidence;

namespace SreBot.Planning;

/// <summary>Completes a question such as "and yesterday?" by the one before it.</summary>
internal static partial class FollowUp
{
    /// <summary>The earlier question without what the new one names anew, then the new one.</summary>
    public static string Merge(string previous, string question)
    {
        var (now, then) = (new QuestionWords(question), previous);
        if (now.Window is not null && TimeText.Mention(then) is { } time)
            then = then.Replace(time, "", StringComparison.OrdinalIgnoreCase);
        if (now.Server is not null || now.Incident is not null)
            then = Server().Replace(then, "");
        if (now.Project is not null || now.Incident is not null)
            then = Project().Replace(then, "");
        if (now.Incident is not null)
            then = Incident().Replace(then, "");

        return $"{then.Trim().TrimEnd('?', '.', '!')} {Opening().Replace(question, "")}";
    }

    [GeneratedRegex(@"\b(?:of|on|for|is)?\s*\bserver[-_ ]?#?\d+\b", RegexOptions.IgnoreCase)]
    private static partial Regex Server();

    [GeneratedRegex(@"\b(?:of|on|for|in)?\s*\bproject[-_ ]?#?\d+\b", RegexOptions.IgnoreCase)]
    private static partial Regex Project();

    [GeneratedRegex(@"\bINC-?\d+\b", RegexOptions.IgnoreCase)]
    private static partial Regex Incident();

    [GeneratedRegex(@"^\W*(?:and|what about|how about|the same (?:for|on)|same (?:for|on)|also|then|but)\b\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Opening();
}
