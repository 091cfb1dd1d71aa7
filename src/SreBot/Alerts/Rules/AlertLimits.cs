using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Alerts.Rules;

/// <summary>What every rule must keep, wherever it was written.</summary>
internal static class AlertLimits
{
    private const int MostTargets = 20;

    /// <summary>The rule with names as the catalogue writes them.</summary>
    /// <exception cref="SreException">Invalid, with the one thing that is wrong.</exception>
    public static AlertRule Check(AlertRule rule)
    {
        var measure = rule.Measure;
        foreach (var dimension in rule.GroupBy)
        {
            MetricQueries.Column(dimension);
        }

        foreach (var condition in rule.Filter)
        {
            MetricQueries.Column(condition.Dimension);
        }

        return (Condition(rule) ?? Times(rule) ?? Budget(rule, measure) ?? Text(rule) ?? Told(rule)) is { } wrong
            ? throw new SreException(SreErrorKind.Invalid, wrong)
            : rule with { Metric = measure.Metric.Name, Aggregate = measure.Aggregate.Name };
    }

    private static string? Condition(AlertRule rule) => true switch
    {
        _ when rule.Projects.Count == 0 => "A rule needs at least one project; add: in Project_1",
        _ when !double.IsFinite(rule.Threshold) || rule.ThresholdMax is { } max && !double.IsFinite(max) => "The threshold must be a number.",
        _ when rule.Comparator.IsRange() != rule.ThresholdMax is not null => "between and not_between take two numbers, the others one.",
        _ when rule.ThresholdMax < rule.Threshold => "The first number of between must not be the larger one.",
        _ when rule.RecoveryThreshold is null => null,
        _ when rule.Comparator is not (AlertComparator.Greater or AlertComparator.GreaterOrEqual or AlertComparator.Less or AlertComparator.LessOrEqual) => "A recovery threshold goes with >, >=, < and <= only.",
        _ when !(rule.Comparator.IsBelow() ? rule.RecoveryThreshold >= rule.Threshold : rule.RecoveryThreshold <= rule.Threshold) => "The recovery threshold must lie on the clear side of the threshold.",
        _ => null,
    };

    private static string? Times(AlertRule rule) => true switch
    {
        _ when !IsWholeMinutes(rule.Window, 1, TimeSpan.FromDays(30)) => "The window (over …) must be whole minutes from 1m to 30d.",
        _ when !IsWholeMinutes(rule.For, 0, TimeSpan.FromDays(1)) => "The time in for … must be whole minutes, at most 1d.",
        _ when !IsWholeMinutes(rule.Cooldown, 0, TimeSpan.FromDays(1)) => "The cooldown must be whole minutes, at most 1d.",
        _ when rule.RepeatInterval is { } repeat && !IsWholeMinutes(repeat, 1, TimeSpan.FromDays(7)) => "The time in repeat every … must be whole minutes from 1m to 7d.",
        _ when rule.MaxHold is { } hold && !IsWholeMinutes(hold, 1, TimeSpan.FromDays(30)) => "max_hold must be whole minutes from 1m to 30d.",
        _ when rule.VanishAfter is < 1 or > 1440 => "vanish after takes 1 to 1440 minutes.",
        _ when rule.VanishResolves && rule.GroupBy.Count == 0 => "vanish … resolve is for rules with groups; add: by server_id",
        _ when rule.MinRequests < 0 => "min takes a number of requests, 0 or more.",
        _ => null,
    };

    private static string? Budget(AlertRule rule, Measure measure) => true switch
    {
        _ when !measure.Aggregate.IsBudgetBurn => rule.Objective is not null ? "objective goes with burn_rate only; for example: alert create burn_rate > 14.4 over 1h and 5m objective 99.9%"
            : rule.ShortWindow is not null ? "A second window goes with burn_rate only." : null,
        _ when rule.Objective is not (> 0 and < 100) => "burn_rate needs the objective whose budget it burns, between 0% and 100%; add: objective 99.9%",
        _ when rule.ShortWindow is { } second && (!IsWholeMinutes(second, 1, rule.Window) || second == rule.Window) => "The second window must be whole minutes and shorter than the first; for example: over 1h and 5m",
        _ => null,
    };

    private static string? Text(AlertRule rule) => true switch
    {
        _ when rule.Severity is not ("info" or "warning" or "critical") => $"There is no severity '{rule.Severity}'; use info, warning, critical.",
        _ when rule.Name.Length is 0 or > 200 || rule.Name.Any(char.IsControl) || string.IsNullOrWhiteSpace(rule.Name) => "A name has 1 to 200 characters, on one line.",
        _ when rule.Filter.Any(condition => condition.Dimension == "project_id") => "Name projects with in …, not with where.",
        _ when rule.Filter.Count > 1 && rule.Filter.DistinctBy(condition => condition.Dimension).Count() < rule.Filter.Count => "Two conditions on one dimension never hold together.",
        _ when rule.RunbookUrl is { } url && (url.Length > 1000 || !Uri.TryCreate(url, UriKind.Absolute, out var page) || page.Scheme is not ("http" or "https")) => "A runbook is a web address such as https://wiki.example/errors.",
        _ => null,
    };

    private static string? Told(AlertRule rule) => true switch
    {
        _ when rule.Targets.Count > MostTargets || rule.Escalations.Count > MostTargets => $"A rule tells at most {MostTargets} targets.",
        _ when rule.Escalations.Any(step => !IsWholeMinutes(step.After, 1, TimeSpan.FromDays(7))) => "The times in escalate after … must be whole minutes from 1m to 7d.",
        _ => null,
    };

    private static bool IsWholeMinutes(TimeSpan time, int leastMinutes, TimeSpan most) =>
        time.Ticks % TimeSpan.TicksPerMinute == 0 && time >= TimeSpan.FromMinutes(leastMinutes) && time <= most;
}
