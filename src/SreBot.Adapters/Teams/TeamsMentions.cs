using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SreBot.Adapters.Teams;

/// <summary>Takes the bot's own mentions out of a message.</summary>
internal static partial class TeamsMentions
{
    /// <summary>More than any message that people write; a bound on the work.</summary>
    private const int MostMentions = 100;
    private const char NoBreakSpace = '\u00a0';

    /// <summary>True when an entity, not merely the text, mentions that id.</summary>
    public static bool Has(IEnumerable<JsonElement> entities, string botId) => entities.Any(entity => IsMention(entity) && IsOf(entity, botId));

    /// <summary>The text without the bot's mentions, decoded once, with plain spaces; other people's mentions stay as they are.</summary>
    public static string Strip(string text, IEnumerable<JsonElement> entities, string botId)
    {
        var mentions = entities.Where(IsMention).Take(MostMentions).Select(entity => (IsBot: IsOf(entity, botId), Pattern: PatternOf(entity))).Where(mention => mention.Pattern.Length > 0).ToList();
        var taken = new List<(int Start, int End, bool IsBot)>();
        foreach (var mention in mentions)
            TakeNext(text, mention.Pattern, mention.IsBot, taken);

        // One entity may stand for several places in the text; where a person has the same name, nobody can tell whose they are.
        foreach (var pattern in mentions.GroupBy(mention => mention.Pattern).Where(same => same.All(mention => mention.IsBot)).Select(same => same.Key))
        {
            while (TakeNext(text, pattern, isBot: true, taken))
            {
            }
        }

        foreach (var (start, end, _) in taken.Where(place => place.IsBot).OrderByDescending(place => place.Start))
            text = Cut(text, start, end);
        return WebUtility.HtmlDecode(text).Replace(NoBreakSpace, ' ').Trim();
    }

    private static bool IsMention(JsonElement entity) => entity.TextAt("type") is { } type && type.Equals("mention", StringComparison.OrdinalIgnoreCase);

    private static bool IsOf(JsonElement entity, string botId) => entity.TextAt("mentioned", "id") is { } id && id.Equals(botId, StringComparison.OrdinalIgnoreCase);

    /// <summary>A regular expression for the place in the text that the entity means; empty when it does not say.</summary>
    private static string PatternOf(JsonElement entity)
    {
        if (entity.TextAt("text") is { Length: > 0 } text)
            return Regex.Escape(text);
        return entity.TextAt("mentioned", "name") is { Length: > 0 } name
            ? $"<at[^>]*>(?:{Regex.Escape(name)}|{Regex.Escape(WebUtility.HtmlEncode(name))})</at>"
            : "";
    }

    private static bool TakeNext(string text, string pattern, bool isBot, List<(int Start, int End, bool IsBot)> taken)
    {
        var match = Regex.Matches(text, pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))
            .FirstOrDefault(found => !taken.Any(place => found.Index < place.End && place.Start < found.Index + found.Length));
        if (match is null)
            return false;
        taken.Add((match.Index, match.Index + match.Length, isBot));
        return true;
    }

    /// <summary>Spaces on both sides become one; a line break among them stays one.</summary>
    private static string Cut(string text, int start, int end)
    {
        var before = SpacesAtEnd().Match(text[..start]);
        var after = SpacesAtStart().Match(text[end..]);
        if (before.Length == 0 || after.Length == 0)
            return text[..start] + text[end..];
        var joint = before.Value.Contains('\n') || after.Value.Contains('\n') ? "\n" : " ";
        return text[..before.Index] + joint + text[(end + after.Length)..];
    }

    [GeneratedRegex(@"(?:\s|&nbsp;|&#160;)+\z", RegexOptions.IgnoreCase | RegexOptions.RightToLeft)]
    private static partial Regex SpacesAtEnd();

    [GeneratedRegex(@"\A(?:\s|&nbsp;|&#160;)+", RegexOptions.IgnoreCase)]
    private static partial Regex SpacesAtStart();
}
