using SreBot.Alerts.Rules;
using SreBot.Alerts.States;

namespace SreBot.Tests.Alerts.States;

/// <summary>What holds of every alert, whatever its rule and its verdicts.</summary>
internal static class AlertPromises
{
    /// <param name="after">The story, without what this step told.</param>
    /// <param name="was">The state before.</param>
    /// <returns>The first promise that a step breaks; null when it keeps all.</returns>
    public static string? Broken(AlertRule rule, AlertStory before, AlertStory after, string letter, bool isSilenced, AlertState was,
        AlertState state, AlertTransition? transition, AlertNotice notice)
    {
        var weight = before.Weigh(rule, letter);
        var opens = !before.IsOpen && state.EpisodeSince is not null;
        var closes = before.IsOpen && state.EpisodeSince is null;
        var isUp = before.Phase is AlertPhase.Triggered or AlertPhase.Cooldown;
        return letter switch
        {
            _ when closes && weight == AlertWeight.Breach => "resolves inside a breach",
            _ when opens && weight != AlertWeight.Breach => "triggers without a breach",
            _ when opens && (before.Waited + 1 ?? 0) < rule.For.TotalMinutes => "triggers before its time",
            _ when closes && isUp && weight != AlertWeight.Gone && (before.Quiet + 1 ?? 0) < rule.Cooldown.TotalMinutes => "resolves before the quiet time, from the first clear after the last breach, is over",
            not ("1" or "~" or "0") when closes && HasDefaults(rule) => "missing data resolves with the defaults",
            "e" when closes && rule.ErrorPolicy is MissingPolicy.Hold or MissingPolicy.State => "a failed query is a clear",
            _ when state.Phase != after.Phase => $"is {state.Phase}, not {after.Phase}",
            _ when state.EpisodeSince is not null != after.IsOpen => "has an episode, or none, where it should not",
            _ when state.Value != Value(rule, before, letter) => $"has the value {state.Value}, not {Value(rule, before, letter)}",
            _ when before.IsOpen && after.IsOpen && state.EpisodeSince != was.EpisodeSince => "one episode becomes another",
            _ when state.IsAnnounced != (after.IsOpen && (before.IsTold || notice == AlertNotice.Opened)) => "does not know what was told",
            _ when (transition is null) != (before.Phase == state.Phase) => "a change of phase is no transition",
            _ when transition is not null && (transition.From != before.Phase || transition.To != state.Phase) => "a transition names other phases",
            _ when transition is not null && transition.Notifies != Notifies(before, after) => "a transition does not know whether people are told",
            _ when notice != Says(rule, before, after, isSilenced) => $"says {notice}, not {Says(rule, before, after, isSilenced)}",
            _ when !isSilenced && after.Phase == AlertPhase.Triggered && !state.IsAnnounced => "a silence loses what is still triggered",
            _ => null,
        };
    }

    /// <summary>One notification an edge: into triggered, into resolved, into and out of the own states; a silence puts off beginnings, and nothing that ends.</summary>
    public static AlertNotice Says(AlertRule rule, AlertStory before, AlertStory after, bool isSilenced)
    {
        var isTriggered = after.Phase == AlertPhase.Triggered;
        var isDue = before.Phase == AlertPhase.Pending || before.SinceTold + 1 >= (rule.RepeatInterval ?? TimeSpan.MaxValue).TotalMinutes;
        return (before.IsTold && !after.IsOpen, isTriggered && !before.IsTold && !isSilenced, before.IsMissingTold && before.Own != after.Own) switch
        {
            (true, _, _) => AlertNotice.Resolved,
            (_, true, _) => AlertNotice.Opened,
            (_, _, true) => AlertNotice.Missing,
            _ when !isSilenced && after.Own is not null && !before.IsMissingTold => AlertNotice.Missing,
            _ when !isSilenced && isTriggered && isDue => AlertNotice.Repeated,
            _ => AlertNotice.None,
        };
    }

    /// <summary>Missing data has none, except where the policy says that it is zero.</summary>
    private static double? Value(AlertRule rule, AlertStory before, string letter)
    {
        var isZero = letter switch
        {
            "n" => rule.NoDataPolicy == MissingPolicy.Zero,
            "e" => rule.ErrorPolicy == MissingPolicy.Zero,
            "v" => rule.NoDataPolicy == MissingPolicy.Zero && !rule.VanishResolves && before.Gone + 1 >= rule.VanishAfter,
            _ => false,
        };
        return isZero ? 0 : AlertLetters.Read(rule, letter).Value;
    }

    private static bool Notifies(AlertStory before, AlertStory after) =>
        before.Own is not null || after.Own is not null || (before.IsOpen && !after.IsOpen) || (after.Phase == AlertPhase.Triggered && before.Phase != AlertPhase.Cooldown);

    private static bool HasDefaults(AlertRule rule) => rule is
    {
        NoDataPolicy: MissingPolicy.Hold,
        ErrorPolicy: MissingPolicy.Hold,
        InsufficientPolicy: InsufficientPolicy.Hold,
        MaxHold: null,
        VanishResolves: false,
    };
}
