using System.Globalization;
using System.Text.RegularExpressions;
using SreBot.Alerts.Rules;
using SreBot.Model;

namespace SreBot.Alerts.Silences;

/// <summary>Reads what is silenced and when, the clauses in any order: <c>Project_1 where server_id = Server_9 for 2h because "…"</c>,
/// <c>Project_1 from 22:00 to 23:00 Europe/Berlin</c>, <c>Project_1 every sunday 02:00 to 04:00</c>.</summary>
internal static partial class SilenceGrammar
{
    private const string TimeWhat = "a time of day such as 22:00";

    private static readonly string[] Severities = ["info", "warning", "critical"];
    private static readonly string[] Clauses = ["where", "severity", "for", "from", "until", "every", "on", "because"];
    private static readonly string[] Days = [.. Enum.GetNames<DayOfWeek>().Select(day => day.ToLowerInvariant())];

    public static Silence Read(AlertWords words, AlertDefaults defaults)
    {
        var what = new What();
        var said = new HashSet<string>();
        while (!words.IsAtEnd || !what.IsTimed)
        {
            var word = words.Peek;
            if (!said.Add(word) && Clauses.Contains(word))
                throw words.Expected($"something other than a second {word}", Clauses.Except(said));

            what = Clause(what, words, defaults);
        }

        return what.IsNamed ? what.ToSilence(defaults) : throw new SreException(SreErrorKind.Invalid, "Say what to silence: projects, where …, severity …, or all; for example: alert silence Project_1 for 2h");
    }

    private static What Clause(What what, AlertWords words, AlertDefaults defaults) => true switch
    {
        _ when words.SkipAny("all", "everything") => what with { IsNamed = true },
        _ when words.Skip("where") => Where(what, AlertClauses.Filter(words)),
        _ when words.Skip("severity") => what with { Severity = words.TakeAs("info, warning or critical", word => Severities.FirstOrDefault(known => string.Equals(known, word, StringComparison.OrdinalIgnoreCase)), Severities), IsNamed = true },
        _ when words.Skip("for") => what with { For = AlertDuration.Take(words, "a time", "2h", TimeSpan.FromMinutes(1), TimeSpan.FromDays(30)) },
        _ when words.Peek == "because" => what with { Reason = AlertGrammar.Reason(words) },
        _ when words.Skip("every") => Every(what, words),
        _ when words.Skip("on") => what with { Day = Date(words, defaults, "a day such as 2026-03-01, tomorrow or sunday") },
        _ when words.Skip("until") => Until(what, words, defaults),
        _ when words.Skip("from") || Time(words.Peek) is not null || FindDate(words.Peek, defaults.Now) is not null => Stretch(what, words, defaults),
        _ when !what.IsNamed || words.Peek == "in" => Projects(what, words, defaults),
        _ => throw words.Expected($"{string.Join(", ", Clauses.SkipLast(1))} or {Clauses[^1]}", Clauses),
    };

    private static What Projects(What what, AlertWords words, AlertDefaults defaults)
    {
        words.Skip("in");
        return what with { Projects = AlertClauses.Projects(words, defaults), IsNamed = true };
    }

    /// <summary>A condition on the project names it.</summary>
    private static What Where(What what, List<DimensionCondition> filter) => what with
    {
        Matcher = [.. filter.Where(condition => condition.Dimension != "project_id")],
        Projects = [.. what.Projects, .. filter.Where(condition => condition.Dimension == "project_id").Select(condition => condition.Value)],
        IsNamed = true,
    };

    private static What Every(What what, AlertWords words)
    {
        if (words.Skip("day"))
            return what with { Repeat = SilenceRepeat.Daily };

        var day = words.Take("day or a day of the week such as sunday", word => Weekday(word), [.. Days, "day"]);
        return what with { Repeat = SilenceRepeat.Weekly, Weekday = day };
    }

    private static What Until(What what, AlertWords words, AlertDefaults defaults)
    {
        var day = FindDate(words.Peek, defaults.Now) is not null ? Date(words, defaults, TimeWhat) : (DateOnly?)null;
        return Zone(what with { UntilDay = day, To = words.Take(TimeWhat, Time) }, words);
    }

    private static What Stretch(What what, AlertWords words, AlertDefaults defaults)
    {
        what = FindDate(words.Peek, defaults.Now) is not null ? what with { Day = Date(words, defaults, TimeWhat) } : what;
        what = what with { From = words.Take(TimeWhat, Time) };
        if (!words.SkipAny("to", "until", "-", "–"))
            throw words.Expected("to", ["to"]);

        what = FindDate(words.Peek, defaults.Now) is not null ? what with { UntilDay = Date(words, defaults, TimeWhat) } : what;
        return Zone(what with { To = words.Take(TimeWhat, Time) }, words);
    }

    private static What Zone(What what, AlertWords words)
    {
        if (words.IsAtEnd || Clauses.Contains(words.Peek))
            return what;

        var zone = words.TakeAs("a zone such as UTC or Europe/Berlin", FindZone, "UTC", "Europe/Berlin", "America/New_York");
        return what with { Zone = zone };
    }

    /// <summary>By its name in the tz database.</summary>
    private static TimeZoneInfo? FindZone(string word) => word.ToUpperInvariant() is "UTC" or "GMT" or "Z" ? TimeZoneInfo.Utc
        : ZonePattern().IsMatch(word) && TimeZoneInfo.TryFindSystemTimeZoneById(word, out var zone) ? zone : null;

    private static DateOnly Date(AlertWords words, AlertDefaults defaults, string what) => words.Take(what, word => FindDate(word, defaults.Now), [.. Days, "today", "tomorrow"]);

    private static DateOnly? FindDate(string word, DateTimeOffset now) => word.ToLowerInvariant() switch
    {
        "today" => DateOnly.FromDateTime(now.UtcDateTime),
        "tomorrow" => DateOnly.FromDateTime(now.UtcDateTime).AddDays(1),
        var day when Weekday(day) is { } weekday => Enumerable.Range(0, 7).Select(i => DateOnly.FromDateTime(now.UtcDateTime).AddDays(i)).First(date => date.DayOfWeek == weekday),
        var date => DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var found) && found.Year is > 2000 and < 2200 ? found : null,
    };

    private static DayOfWeek? Weekday(string word) => Days.Index().Where(day => word.Length >= 3 && day.Item.StartsWith(word.ToLowerInvariant(), StringComparison.Ordinal)).Select(day => (DayOfWeek?)day.Index).FirstOrDefault();

    private static TimeOnly? Time(string word)
    {
        if (TimePattern().Match(word) is not { Success: true } match || (!match.Groups["minute"].Success && !match.Groups["half"].Success))
            return null;

        var (hour, minute) = (int.Parse(match.Groups["hour"].Value), match.Groups["minute"].Success ? int.Parse(match.Groups["minute"].Value) : 0);
        return (match.Groups["half"].Value.ToLowerInvariant(), hour) switch
        {
            ("", < 24) => new TimeOnly(hour, minute),
            ("am", >= 1 and <= 12) => new TimeOnly(hour % 12, minute),
            ("pm", >= 1 and <= 12) => new TimeOnly((hour % 12) + 12, minute),
            _ => null,
        };
    }

    [GeneratedRegex(@"^(?<hour>[0-9]{1,2})(?::(?<minute>[0-5][0-9]))?(?<half>[ap]m)?$", RegexOptions.IgnoreCase)]
    private static partial Regex TimePattern();

    [GeneratedRegex("^[A-Za-z_]+(?:/[A-Za-z0-9_+-]+)*$")]
    private static partial Regex ZonePattern();

    /// <summary>What was said so far.</summary>
    private sealed record What
    {
        public bool IsNamed { get; init; }
        public IReadOnlyList<string> Projects { get; init; } = [];
        public IReadOnlyList<DimensionCondition> Matcher { get; init; } = [];
        public string? Severity { get; init; }
        public TimeSpan? For { get; init; }
        public DateOnly? Day { get; init; }
        public DayOfWeek? Weekday { get; init; }
        public TimeOnly? From { get; init; }
        public DateOnly? UntilDay { get; init; }
        public TimeOnly? To { get; init; }
        public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;
        public SilenceRepeat Repeat { get; init; }
        public string Reason { get; init; } = "";

        public bool IsTimed => For is not null || To is not null;

        /// <exception cref="SreException">Invalid, when it would be over already, or is longer than its repetition.</exception>
        public Silence ToSilence(AlertDefaults defaults)
        {
            var (from, to) = Ends(defaults.Now);
            if (to <= defaults.Now && Repeat == SilenceRepeat.Once || to <= from)
                throw new SreException(SreErrorKind.Invalid, "That time is over already; name one that is to come.");
            if (to - from > TimeSpan.FromDays(Repeat == SilenceRepeat.Daily ? 1 : Repeat == SilenceRepeat.Weekly ? 7 : 90))
                throw new SreException(SreErrorKind.Invalid, Repeat == SilenceRepeat.Once ? "A silence lasts at most 90 days." : "It lasts longer than it takes to come again.");

            return new Silence { Projects = Projects, Matcher = Matcher, Severity = Severity, StartsAt = from, EndsAt = to, Repeat = Repeat, Zone = Zone.Id, Reason = Reason };
        }

        private (DateTimeOffset From, DateTimeOffset To) Ends(DateTimeOffset now)
        {
            if (Repeat != SilenceRepeat.Once && From is null)
                throw new SreException(SreErrorKind.Invalid, "Say from when to when each time; for example: alert maintenance Project_1 every sunday 02:00 to 04:00");
            if (For is { } length && From is null)
                return (now, now + length);

            if (From is not { } from) // until a time: from now on
                return (now, SilenceTimes.Until(now, UntilDay, To!.Value, Zone));

            var (start, end) = SilenceTimes.Next(now, Day, Weekday, from, To!.Value, Zone);
            return UntilDay is { } last ? (start, SilenceTimes.Until(now, last, To.Value, Zone)) : (start, end);
        }
    }
}
