using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Web;

/// <summary>What a typed line asks for. Everything said at the console is meant for the bot; naming it is allowed, not needed.</summary>
/// <param name="Command">The command's name without the slash, or null: a plain message.</param>
/// <param name="Text">Without the bot's name and without the command.</param>
internal sealed record WebWords(string? Command, string Text)
{
    public ChatTurnKind Kind => Command is null ? ChatTurnKind.Message : ChatTurnKind.Command;

    public static WebWords Read(string line, string botName, string commandPrefix)
    {
        var text = WithoutName(line.Trim(), "@" + botName);
        var end = text.AsSpan().IndexOfAny(" \t\r\n");
        var word = end < 0 ? text : text[..end];
        return IsCommand(word, "/" + commandPrefix) ? new(word[1..].ToLowerInvariant(), text[word.Length..].Trim()) : new(null, text);
    }

    private static string WithoutName(string text, string name) =>
        text.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (text.Length == name.Length || text[name.Length] is ':' or ',' || char.IsWhiteSpace(text[name.Length]))
            ? text[name.Length..].TrimStart(':', ',').Trim()
            : text;

    // "/sre" and "/sre-list", but neither "/srexyz" nor a path such as "/sre/x".
    private static bool IsCommand(string word, string prefix) =>
        word.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        && (word.Length == prefix.Length || (word[prefix.Length] == '-' && word[prefix.Length..].All(letter => letter == '-' || char.IsAsciiLetterOrDigit(letter))));
}
