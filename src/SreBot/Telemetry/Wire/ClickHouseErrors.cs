using System.Globalization;
using System.Text.RegularExpressions;
using SreBot.Model;

namespace SreBot.Telemetry.Wire;

/// <summary>Tells the errors that a person can mend from those that they cannot. Codes: ClickHouse, <c>src/Common/ErrorCodes.cpp</c>.</summary>
internal static partial class ClickHouseErrors
{
    /// <param name="text">As ClickHouse writes it: <c>Code: 396. DB::Exception: …</c>.</param>
    public static Exception From(string text)
    {
        var code = Code().Match(text) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var cause = new ClickHouseException(code, text);
        return code switch
        {
            159 or 160 => new SreException(SreErrorKind.Invalid, "That question takes the telemetry store too long; ask for a shorter time or fewer projects.", cause),
            158 or 307 => new SreException(SreErrorKind.Invalid, "That question would look through too many requests; ask for a shorter time or fewer projects.", cause),
            396 => new SreException(SreErrorKind.Invalid, "That question has too large an answer; ask for a shorter time, longer steps or fewer groups.", cause),
            241 => new SreException(SreErrorKind.Invalid, "That question needs more memory than a read may use; ask for a shorter time or fewer groups.", cause),
            202 => new SreException(SreErrorKind.Unavailable, "The telemetry store is busy; try again in a moment.", cause),
            192 or 193 or 194 or 516 => new SreException(SreErrorKind.Unavailable, "The telemetry store refused SreBot's user or password; check Telemetry:User and Telemetry:Password.", cause),
            497 => new SreException(SreErrorKind.Unavailable, "The telemetry store does not grant SreBot's user what it needs; README's section on ClickHouse has the grants.", cause),
            164 => new SreException(SreErrorKind.Unavailable, "The telemetry store does not let SreBot's user set limits or write; README's section on ClickHouse has the grants.", cause),
            243 => new SreException(SreErrorKind.Unavailable, "The telemetry store has no room left on its disk.", cause),
            _ => cause,
        };
    }

    [GeneratedRegex(@"Code: (\d{1,6})\. ", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
