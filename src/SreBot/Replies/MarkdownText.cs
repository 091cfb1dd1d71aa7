using System.Text;
using System.Text.RegularExpressions;

namespace SreBot.Replies;

/// <summary>Text as Markdown that reads as that text and nothing else: no link, picture, markup, formula or call comes of it, on GitHub's dialect and Jupyter's.</summary>
internal static partial class MarkdownText
{
    private const string Special = "`*_[]|#~$@";

    /// <summary>Within a line.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var character in PlainText.Line(text))
        {
            _ = character switch
            {
                '<' => escaped.Append("&lt;"), // nbconvert takes what follows \< for a tag all the same
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                '\\' => escaped.Append("&#92;"), // two of them before a bracket would begin a formula in Jupyter
                _ when Special.Contains(character) => escaped.Append('\\').Append(character),
                _ => escaped.Append(character),
            };
        }

        return BareLink().Replace(escaped.ToString(), link => link.Value[..^1] + "\\" + link.Value[^1]);
    }

    /// <summary>At the start of a line, where a dash or a number would begin a list.</summary>
    public static string EscapeStart(string text) => LineStart().Replace(Escape(text.TrimStart()), start => start.Value[..^1] + "\\" + start.Value[^1]);

    /// <summary>Code within a line.</summary>
    public static string Code(string text) => PlainText.Line(text).Trim() is { Length: > 0 } code ? $"`{code.Replace('`', '\'')}`" : "";

    /// <summary>A block of code, whatever it holds.</summary>
    public static string Block(string language, string code)
    {
        var fence = new string('`', Math.Max(3, Ticks().Matches(code).Select(run => run.Length + 1).DefaultIfEmpty(3).Max()));
        return $"{fence}{language}\n{PlainText.Lines(code)}\n{fence}\n";
    }

    /// <summary>A link to one of this site's pages or to the web; anything else, such as <c>javascript:</c>, is the text alone.</summary>
    /// <param name="label">Markdown.</param>
    public static string Link(string label, string url) =>
        (url.StartsWith('/') && !url.StartsWith("//", StringComparison.Ordinal)) || url.StartsWith('#') || url.StartsWith("https://", StringComparison.Ordinal) || url.StartsWith("http://", StringComparison.Ordinal)
            ? $"[{label}]({UnsafeInUrl().Replace(url, character => Uri.EscapeDataString(character.Value))})"
            : label;

    /// <summary>The last character is the one that a backslash takes the meaning from.</summary>
    [GeneratedRegex(@"(?:https?|ftp|mailto|xmpp):|www\.", RegexOptions.IgnoreCase)]
    private static partial Regex BareLink();

    [GeneratedRegex(@"^(?:[-+](?=\s|-|$)|\d{1,9}[.)](?=\s|$))")]
    private static partial Regex LineStart();

    [GeneratedRegex("`+")]
    private static partial Regex Ticks();

    [GeneratedRegex(@"[^A-Za-z0-9\-._~:/?#@!&*+,;=%]")]
    private static partial Regex UnsafeInUrl();
}
