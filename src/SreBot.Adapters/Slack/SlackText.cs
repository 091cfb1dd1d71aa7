using System.Globalization;
using System.Text;

namespace SreBot.Adapters.Slack;

/// <summary>Text on its way out: <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c> are escaped, so that <c>&lt;!channel&gt;</c> in a measured name pings nobody.</summary>
internal static class SlackText
{
    public static string Escape(string raw)
    {
        var escaped = new StringBuilder(raw.Length);
        foreach (var rune in raw.EnumerateRunes())
            Append(escaped, rune);
        return escaped.ToString();
    }

    /// <summary>Escaped and at most <paramref name="limit"/> characters long; an ellipsis shows that it was cut.</summary>
    public static string Cut(string raw, int limit)
    {
        var whole = Escape(raw);
        if (whole.Length <= limit)
            return whole;
        return Escape(raw[..PrefixLength(raw, limit - 1)]).TrimEnd() + "…";
    }

    /// <summary>How many characters of <paramref name="raw"/> fit into <paramref name="room"/> once they are escaped; never half of what is read as one letter, such as an emoji with joiners, unless that alone is too long.</summary>
    public static int PrefixLength(string raw, int room)
    {
        var taken = 0;
        var left = room;
        while (taken < raw.Length)
        {
            var letter = raw.AsSpan(taken, StringInfo.GetNextTextElementLength(raw.AsSpan(taken)));
            left -= EscapedLength(letter);
            if (left < 0)
                break;
            taken += letter.Length;
        }
        return taken > 0 ? taken : RunesLength(raw, room);
    }

    public static int EscapedLength(ReadOnlySpan<char> raw)
    {
        var length = 0;
        foreach (var rune in raw.EnumerateRunes())
            length += EscapedLength(rune);
        return length;
    }

    /// <summary>As <see cref="PrefixLength"/>, but ending after a word; 0 when not even one word fits.</summary>
    public static int WordsLength(string raw, int room)
    {
        var length = PrefixLength(raw, room);
        if (length == raw.Length || char.IsWhiteSpace(raw[length]))
            return length;
        while (length > 0 && !char.IsWhiteSpace(raw[length - 1]))
            length--;
        return length;
    }

    private static int RunesLength(string raw, int room)
    {
        var taken = 0;
        foreach (var rune in raw.EnumerateRunes())
        {
            room -= EscapedLength(rune);
            if (room < 0)
                break;
            taken += rune.Utf16SequenceLength;
        }
        return Math.Min(taken, raw.Length);
    }

    private static int EscapedLength(Rune rune) => rune.Value switch
    {
        '&' => 5,
        '<' or '>' => 4,
        _ => IsSilent(rune) ? 0 : rune.Utf16SequenceLength,
    };

    private static void Append(StringBuilder to, Rune rune)
    {
        _ = rune.Value switch
        {
            '&' => to.Append("&amp;"),
            '<' => to.Append("&lt;"),
            '>' => to.Append("&gt;"),
            _ => IsSilent(rune) ? to : to.Append(rune.ToString()),
        };
    }

    private static bool IsSilent(Rune rune) => rune.Value is not ('\n' or '\t') && Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control;
}
