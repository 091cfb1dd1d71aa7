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

    /// <summary>Escaped, and cut to <paramref name="most"/> characters with an ellipsis.</summary>
    public static string Fit(string text, int most)
    {
        var elements = new StringInfo(text);
        return Escape(elements.LengthInTextElements <= most ? text : elements.SubstringByTextElements(0, Math.Max(1, most - 1)) + "…");
    }

    /// <summary>A coordinate in pixels, to a tenth.</summary>
    public static string Number(double pixels) => pixels.ToString("0.#", CultureInfo.InvariantCulture);
}
