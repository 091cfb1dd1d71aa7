using System.Globalization;
using System.Text;

namespace SreBot.Charts;

/// <summary>Text and numbers as XML wants them.</summary>
internal static class SvgText
{
    /// <summary>Escaped for content and for attributes; characters that XML 1.0 cannot hold at all become a replacement mark.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // a lone surrogate comes out as U+FFFD
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\t' or '\n' or '\r' => escaped.Append(' '),
                < 0x20 or 0xFFFE or 0xFFFF => escaped.Append('\uFFFD'),
                _ => escaped.Append(rune.ToString()),
            };
        }
        return escaped.ToString();
    }

    /// <summary>Escaped, and cut to that many pixels with an ellipsis.</summary>
    /// <param name="size">Of the letters, px.</param>
    public static string FitWidth(string text, double size, double pixels)
    {
        if (Width(text, size) <= pixels)
            return Escape(text);
        var elements = StringInfo.GetTextElementEnumerator(text);
        var (kept, room) = (0, pixels - size);
        while (elements.MoveNext() && (room -= Width(elements.GetTextElement(), size)) >= 0)
            kept = elements.ElementIndex + elements.GetTextElement().Length;
        return Escape(text[..kept].TrimEnd() + "…");
    }

    /// <summary>About how wide DejaVu Sans sets it, px; rather too wide than too narrow.</summary>
    public static double Width(string text, double size) => size * text.EnumerateRunes().Sum(Ems);

    private static double Ems(Rune rune) => rune.Value switch
    {
        'i' or 'j' or 'l' or 'I' or '.' or ',' or ':' or ';' or '|' or '!' or '\'' or ' ' or 'f' or 't' or '/' or '-' or '(' or ')' => 0.38,
        'm' or 'w' or 'M' or 'W' or '@' or '%' => 0.97,
        >= 'A' and <= 'Z' => 0.74,
        < 0x1100 => Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark ? 0 : 0.63,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format ? 0 : 1.05, // East Asian letters and pictures
    };

    /// <summary>A coordinate in pixels, to a tenth.</summary>
    public static string Number(double pixels) => pixels.ToString("0.#", CultureInfo.InvariantCulture);
}
