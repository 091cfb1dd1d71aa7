using System.Globalization;
using System.Text;

namespace SreBot.Adapters.Slack;

/// <summary>The text of table cells in a fixed-width font.</summary>
internal static class SlackCells
{
    /// <summary>One line without what would close the code block that the table stands in.</summary>
    public static string Clean(string raw)
    {
        var text = new StringBuilder(raw.Length);
        foreach (var rune in raw.ReplaceLineEndings(" ").Replace('\t', ' ').Replace('`', '\'').EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.Control)
                text.Append(rune.ToString());
        }
        return text.ToString().Trim();
    }

    /// <summary>Columns that the text takes.</summary>
    public static int Width(string text)
    {
        var width = 0;
        for (var at = 0; at < text.Length;)
        {
            var letter = text.AsSpan(at, StringInfo.GetNextTextElementLength(text.AsSpan(at)));
            width += LetterWidth(letter);
            at += letter.Length;
        }
        return width;
    }

    public static int WidestWord(string text) => text.Split(' ').Max(Width);

    /// <summary>Lines of at most that many columns and that many characters once escaped, broken between words where one ends; at least one line.</summary>
    public static IReadOnlyList<string> Wrap(string text, int widest, int longest)
    {
        var lines = new List<string>();
        while (text.Length > 0)
        {
            var length = FittingLength(text, widest, longest);
            if (length < text.Length && text.LastIndexOf(' ', length) is > 0 and var blank)
                length = blank;
            lines.Add(text[..length].TrimEnd());
            text = text[length..].TrimStart();
        }
        return lines.Count == 0 ? [""] : lines;
    }

    private static int FittingLength(string text, int widest, int longest)
    {
        var (taken, width) = (0, 0);
        var most = SlackText.PrefixLength(text, longest);
        while (taken < most)
        {
            var letter = text.AsSpan(taken, StringInfo.GetNextTextElementLength(text.AsSpan(taken)));
            width += LetterWidth(letter);
            if (width > widest && taken > 0 || taken + letter.Length > most)
                break;
            taken += letter.Length;
        }
        return taken > 0 ? taken : most;
    }

    private static int LetterWidth(ReadOnlySpan<char> letter)
    {
        var width = 0;
        foreach (var rune in letter.EnumerateRunes())
            width = Math.Max(width, Width(rune));
        return width;
    }

    /// <summary>East Asian letters and pictures take two columns, marks on a letter none.</summary>
    private static int Width(Rune rune) => rune.Value switch
    {
        >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF or >= 0xFF00 and <= 0xFF60
            or >= 0x1F1E6 and <= 0x1F1FF or >= 0x1F300 and <= 0x1FAFF or >= 0x20000 and <= 0x3FFFD => 2,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format ? 0 : 1,
    };
}
