using System.Text;

namespace SreBot.Replies;

/// <summary>Makes text from outside safe to look at: what a terminal or a reader would obey (ANSI codes, characters that turn the direction) is shown as a mark.</summary>
internal static class PlainText
{
    /// <summary>On one line: a line's end is a space.</summary>
    public static string Line(string text) => Clean(text.ReplaceLineEndings(" "));

    /// <summary>With its lines.</summary>
    public static string Lines(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(Clean));

    private static string Clean(string text) => text.Any(IsUnsafe)
        ? string.Concat(text.Select(c => !IsUnsafe(c) ? c : c == '\t' ? ' ' : c < ' ' ? (char)('\u2400' + c) : '\uFFFD')) // U+2400 on are the pictures of the control characters
        : text;

    private static bool IsUnsafe(char c) => char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029' or '\u200E' or '\u200F';
}
