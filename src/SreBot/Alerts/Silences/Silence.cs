using SreBot.Alerts.Rules;
using SreBot.Model;

namespace SreBot.Alerts.Silences;

/// <summary>Holds back what would be sent while it lasts; states move on, and what is still triggered at its end is sent then. Pure.</summary>
internal sealed record Silence
{
    public long Id { get; init; }
    public long OrganizationId { get; init; }

    /// <summary>Null: every rule that matches.</summary>
    public Guid? AlertId { get; init; }

    /// <summary>Rules and groups of these alone; empty: of all.</summary>
    public IReadOnlyList<string> Projects { get; init; } = [];

    /// <summary>All must hold for the rule's conditions together with the group's values.</summary>
    public IReadOnlyList<DimensionCondition> Matcher { get; init; } = [];

    /// <summary>Null: of any.</summary>
    public string? Severity { get; init; }
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>Of the first time, when it repeats.</summary>
    public required DateTimeOffset EndsAt { get; init; }
    public SilenceRepeat Repeat { get; init; }

    /// <summary>The zone whose local time a repeated one keeps, as in the tz database.</summary>
    public string Zone { get; init; } = "UTC";
    public string Reason { get; init; } = "";
    public string CreatedBy { get; init; } = "";

    /// <summary>Whether it holds back what the rule, or that group of it, would say then.</summary>
    public bool Covers(AlertRule rule, string groupKey, DateTimeOffset at)
    {
        if ((AlertId is { } alert && alert != rule.Id) || (Severity is { } severity && severity != rule.Severity) || EndOf(at) is null)
        {
            return false;
        }

        var group = AlertGroup.Conditions(groupKey);
        var project = group.FirstOrDefault(condition => condition.Dimension == "project_id")?.Value;
        IReadOnlyList<string> projects = project is null ? rule.Projects : [project];
        return (Projects.Count == 0 || projects.All(Projects.Contains)) && Matcher.All(condition => rule.Filter.Contains(condition) || group.Contains(condition));
    }

    /// <summary>When the stretch that holds that moment ends; null: it lies in none.</summary>
    public DateTimeOffset? EndOf(DateTimeOffset at)
    {
        if (Repeat == SilenceRepeat.Once || at < EndsAt)
        {
            return at >= StartsAt && at < EndsAt ? EndsAt : null;
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(Zone);
        var (first, last) = (TimeZoneInfo.ConvertTime(StartsAt, zone).DateTime, TimeZoneInfo.ConvertTime(EndsAt, zone).DateTime);
        var step = Repeat == SilenceRepeat.Daily ? 1 : 7;
        var passed = (int)((TimeZoneInfo.ConvertTime(at, zone).DateTime - first).TotalDays / step);
        for (var number = passed + 1; number >= Math.Max(0, passed - 1); number--)
        {
            var (start, end) = (SilenceTimes.Start(first.AddDays(number * step), zone), SilenceTimes.End(last.AddDays(number * step), zone));
            if (at >= start && at < end)
                return end;
        }

        return null;
    }
}
