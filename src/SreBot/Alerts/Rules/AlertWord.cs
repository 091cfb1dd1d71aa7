namespace SreBot.Alerts.Rules;

/// <summary>A word of a command, without its quotation marks.</summary>
internal readonly record struct AlertWord(string Text, bool IsQuoted)
{
    /// <summary>As it must be written to be read as one word.</summary>
    public string Written => IsQuoted || Text is "\"" or "'" or "“" or "”" or "„" or "«" or "»" ? Quote(Text) : Text;

    /// <summary>The word in quotation marks, where it could not stand without.</summary>
    public static string Write(string text) => text.Length > 0 && text.All(IsPlain) && !AlertClauses.IsWord(text) ? text : Quote(text);

    public static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static bool IsPlain(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or '-' or '.' or '/' or ':' or '@' or '+';
}
