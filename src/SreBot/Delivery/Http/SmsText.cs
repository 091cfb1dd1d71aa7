using System.Text;

namespace SreBot.Delivery.Http;

/// <summary>What fits into one SMS: 160 septets of GSM 03.38, or 70 UTF-16 units when a character is not in it.</summary>
internal static class SmsText
{
    public const int MostSeptets = 160;
    public const int MostUnits = 70;
    private const string Basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private const string Extended = "^{}\\[~]|€";

    /// <summary>Written with what every telephone has, where that loses no meaning.</summary>
    private static readonly Dictionary<char, string> Plainer = new()
    {
        ['–'] = "-", ['—'] = "-", ['‐'] = "-", ['−'] = "-", ['‘'] = "'", ['’'] = "'", ['“'] = "\"", ['”'] = "\"", ['„'] = "\"", ['…'] = "...", ['·'] = "-", ['•'] = "-",
        ['≥'] = ">=", ['≤'] = "<=", ['≠'] = "!=", ['→'] = "->", ['×'] = "x", ['µ'] = "u", ['\u00A0'] = " ", ['\u202F'] = " ", ['`'] = "'", ['\t'] = " ",
    };

    /// <summary>The text when it fits into one message, else its beginning up to a word's end, with three dots.</summary>
    public static string Fit(string text)
    {
        var plain = string.Concat(text.Select(c => Plainer.TryGetValue(c, out var plainer) ? plainer : c.ToString()));
        return Fits(plain) ? plain : Cut(plain);
    }

    /// <summary>Whether the text is one message.</summary>
    public static bool Fits(string text) => Septets(text) is { } septets ? septets <= MostSeptets : text.Length <= MostUnits;

    /// <summary>How long the text is in septets; null when a character is not in the alphabet.</summary>
    public static int? Septets(string text)
    {
        var septets = 0;
        foreach (var c in text)
        {
            if (Basic.Contains(c, StringComparison.Ordinal))
                septets++;
            else if (Extended.Contains(c, StringComparison.Ordinal))
                septets += 2;
            else
                return null;
        }

        return septets;
    }

    private static string Cut(string text)
    {
        var kept = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Fits($"{kept}{rune}..."))
                break;
            kept.Append(rune);
        }

        var space = kept.ToString().LastIndexOf(' ');
        var isInWord = kept.Length < text.Length && text[kept.Length] != ' ';
        return $"{(isInWord && space > kept.Length / 2 ? kept.ToString(0, space) : kept.ToString()).TrimEnd()}...";
    }
}
