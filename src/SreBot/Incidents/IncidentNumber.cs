using System.Globalization;
using System.Text.RegularExpressions;
using SreBot.Model;

namespace SreBot.Incidents;

/// <summary>Incident numbers as people write them: <c>INC-42</c>, <c>inc 42</c>, <c>#42</c>, <c>42</c>.</summary>
internal static partial class IncidentNumber
{
    public static string Text(long id) => $"INC-{id}";

    /// <exception cref="SreException">Invalid, when the text is none.</exception>
    public static long Parse(string text) =>
        NumberPattern().Match(text.Trim()) is { Success: true } match && long.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new SreException(SreErrorKind.Invalid, $"'{(text.Length <= 60 ? text : text[..60] + "…")}' is not an incident; write a number such as INC-7.");

    [GeneratedRegex(@"^(#|inc(ident)?[-\s#]*)?(?<number>\d{1,18})$", RegexOptions.IgnoreCase)]
    private static partial Regex NumberPattern();
}
