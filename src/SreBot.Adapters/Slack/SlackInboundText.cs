using System.Text.Json;
using System.Text.RegularExpressions;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>What a person typed, out of Slack's markup: references become their names, entities their characters.</summary>
internal static partial class SlackInboundText
{
    /// <param name="bot">The bot's user id, whose mentions are left out; null when unknown: then a mention at the very start is.</param>
    public static string Read(string text, string? bot)
    {
        var withoutMention = Reference().Replace(text, match => IsBot(match, bot) ? " " : match.Value);
        var plain = Reference().Replace(withoutMention, Name);
        return Blanks().Replace(plain, " ").Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&").Trim();
    }

    public static bool Mentions(string text, string? bot) => bot is not null && Reference().Matches(text).Any(match => IsBot(match, bot));

    /// <summary>The channels that the text names, as <see cref="Read"/> leaves them, with their places; null when it names none.</summary>
    public static IReadOnlyDictionary<string, string>? Channels(string text, string workspace)
    {
        var named = Reference().Matches(text).Where(match => match.Groups["kind"].Value == "#").DistinctBy(Name).ToDictionary(Name, match => new ChatAddress("slack", workspace, match.Groups["id"].Value).ToTarget());
        return named.Count == 0 ? null : named;
    }

    /// <summary>A message's words, those of its attachments too, where other programs put theirs; still in Slack's markup.</summary>
    public static string Said(JsonElement message) => string.Join('\n', message.Items("attachments")
        .SelectMany(part => (IEnumerable<string?>)[part.Text("pretext"), part.Text("title"), part.Text("text") ?? part.Text("fallback")])
        .Prepend(message.Text("text")).OfType<string>().Distinct());

    private static bool IsBot(Match match, string? bot) => match.Groups["kind"].Value == "@" && (bot is null ? match.Index == 0 : match.Groups["id"].Value == bot);

    private static string Name(Match match)
    {
        var label = match.Groups["label"].Value;
        var id = match.Groups["id"].Value;
        return match.Groups["kind"].Value switch
        {
            "" => label.Length > 0 ? label : id, // a link that Slack found by itself has what was typed as its label
            "!" when label.Length > 0 => label,
            "!" => "@" + id,
            var sign => sign + (label.Length > 0 ? label.TrimStart('@', '#') : id),
        };
    }

    [GeneratedRegex("<(?:(?<kind>[@#!])(?<id>[^<>|\\s]+)|(?<kind>)(?<id>(?:https?://|mailto:|tel:)[^<>|\\s]+))(?:\\|(?<label>[^<>]*))?>")]
    private static partial Regex Reference();

    [GeneratedRegex("[ \\t]{2,}")]
    private static partial Regex Blanks();
}
