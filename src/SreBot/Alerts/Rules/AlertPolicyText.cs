namespace SreBot.Alerts.Rules;

/// <summary>What a rule makes of what is missing, and whom it goes on to tell, in words. Says what differs from the default alone.</summary>
internal static class AlertPolicyText
{
    /// <summary>Such as <c>; no data counts as a breach; it is said again every 30m</c>; empty where all is as usual.</summary>
    public static string Of(AlertRule rule) => string.Concat(Parts(rule).Select(part => $"; {part}"));

    private static IEnumerable<string> Parts(AlertRule rule)
    {
        if (Missing(rule.NoDataPolicy) is { } noData)
            yield return $"no data {noData}";
        if (Missing(rule.ErrorPolicy) is { } error)
            yield return $"a failed query {error}";
        if (rule.InsufficientPolicy != InsufficientPolicy.Hold)
            yield return rule.InsufficientPolicy == InsufficientPolicy.Clear ? "too few requests count as clear" : "too few requests keep it from firing only";
        if (rule.MaxHold is { } hold)
            yield return $"a state is held for {AlertDuration.Text(hold)} at most";
        if (rule.VanishAfter != 2 || rule.VanishResolves)
            yield return $"a group that is gone for {AlertDuration.Text(TimeSpan.FromMinutes(rule.VanishAfter))} {(rule.VanishResolves ? "is resolved" : "counts as no data")}";
        if (rule.RepeatInterval is { } repeat)
            yield return $"it is said again every {AlertDuration.Text(repeat)}";
        if (rule.Escalations.Count > 0)
            yield return $"while nobody acknowledges it {string.Join(" and ", rule.Escalations.Select(step => $"{step.Target} is told after {AlertDuration.Text(step.After)}"))}";
        if (rule.RunbookUrl is { } runbook)
            yield return $"what to do: {runbook}";
    }

    private static string? Missing(MissingPolicy policy) => policy switch
    {
        MissingPolicy.Ok => "counts as clear",
        MissingPolicy.Zero => "counts as 0",
        MissingPolicy.Alert => "counts as a breach",
        MissingPolicy.State => "is a state of its own, and said",
        _ => null,
    };
}
