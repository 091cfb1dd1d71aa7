using SreBot.Alerts.Rules;

namespace SreBot.Alerts.Silences;

/// <summary>A silence in words.</summary>
internal static class SilenceText
{
    /// <summary>Such as <c>Project_1, server_id Server_9</c>.</summary>
    /// <param name="rule">The name of the rule that it mutes; null: none alone.</param>
    public static string What(Silence silence, string? rule)
    {
        var parts = new List<string>();
        if (rule is not null)
            parts.Add($"the alert \"{rule}\"");
        parts.AddRange(silence.Projects);
        parts.AddRange(silence.Matcher.Select(condition => $"{condition.Dimension} {condition.Value}"));
        if (silence.Severity is { } severity)
            parts.Add($"severity {severity}");
        return parts.Count == 0 ? "every alert" : string.Join(", ", parts);
    }

    /// <summary>Such as <c>2026-03-01 22:00 to 2026-03-01 23:00 UTC</c>, <c>every Sunday 02:00 to 04:00 Europe/Berlin</c>.</summary>
    public static string When(Silence silence)
    {
        if (silence.Repeat == SilenceRepeat.Once)
            return $"{AlertReplies.Time(silence.StartsAt)} to {AlertReplies.Time(silence.EndsAt)} UTC";

        var zone = TimeZoneInfo.FindSystemTimeZoneById(silence.Zone);
        var (from, to) = (TimeZoneInfo.ConvertTime(silence.StartsAt, zone), TimeZoneInfo.ConvertTime(silence.EndsAt, zone));
        return $"every {(silence.Repeat == SilenceRepeat.Daily ? "day" : from.DayOfWeek.ToString())} {from:HH:mm} to {to:HH:mm} {silence.Zone}";
    }

    public static string Sentence(Silence silence, string? rule) =>
        $"Silence {silence.Id} holds back {What(silence, rule)}, {When(silence)}{(silence.Reason.Length > 0 ? $", because: {silence.Reason}" : "")}; what is still triggered at its end is told then.";
}
