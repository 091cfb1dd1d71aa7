using System.Text.RegularExpressions;

namespace SreBot.Planning;

/// <summary>Turns away what is no question, with one helpful sentence.</summary>
internal static partial class QuestionCheck
{
    public const int MostCharacters = 4000;

    /// <returns>The sentence to answer with; null when the question may be worked.</returns>
    public static string? Refuse(string question) => question.Trim() switch
    {
        "" => "Ask me something, for example: why is INC-1 slow? Or: which server has the highest latency?",
        { Length: > MostCharacters } => "That is longer than the 4,000 characters that I read; ask in a sentence or two, for example: why is Server_9 slow since 14:00?",
        var text when Sql().IsMatch(text) => "I do not run SQL; ask for what you want to know, for example: p95 latency of Server_9 yesterday.",
        _ => null,
    };

    [GeneratedRegex(@"\bselect\s+[\s\S]{1,2000}?\s+from\s+[\w.""`]+|\binsert\s+into\s+\w|\bdelete\s+from\s+\w|\bupdate\s+\w+\s+set\s+\w+\s*=|\b(?:drop|truncate|alter|create)\s+(?:table|database|view|user|role|index)\b|\bunion\s+(?:all\s+)?select\b|;\s*(?:select|drop|insert|delete|update)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Sql();
}
