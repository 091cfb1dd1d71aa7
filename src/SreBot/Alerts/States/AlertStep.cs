using SreBot.Alerts.Rules;

namespace SreBot.Alerts.States;

/// <summary>One tick of a rule, or of one group of it: how the state moves, and what is said of it. Pure.</summary>
/// <param name="Transition">The change of phase, or null.</param>
internal sealed record AlertStep(AlertState State, AlertTransition? Transition, AlertNotice Notice)
{
    /// <param name="value">The window's value; null without data.</param>
    /// <param name="isSilenced">Holds back what begins; what still lasts at its end is told then; the end of what was told is always told.</param>
    public static AlertStep Take(AlertRule rule, AlertState before, Verdict verdict, double? value, DateTimeOffset tick, bool isSilenced)
    {
        var (after, transition) = AlertStateMachine.Next(rule, before, verdict, value, tick);
        var notice = NoticeOf(rule, before, after, tick, isSilenced);
        return new AlertStep(Told(after, notice, tick), transition, notice);
    }

    private static AlertNotice NoticeOf(AlertRule rule, AlertState before, AlertState after, DateTimeOffset tick, bool isSilenced) => after.Phase switch
    {
        _ when before.IsAnnounced && after.EpisodeSince is null => AlertNotice.Resolved,
        AlertPhase.Triggered when !before.IsAnnounced && !isSilenced => AlertNotice.Opened,
        _ when IsToldMissing(before) && after.Phase != before.Phase => AlertNotice.Missing,
        _ when isSilenced => AlertNotice.None,
        AlertPhase.NoData or AlertPhase.Error => IsToldMissing(before) ? AlertNotice.None : AlertNotice.Missing,
        AlertPhase.Triggered when before.Phase == AlertPhase.Pending => AlertNotice.Repeated, // the same episode, after data was missing
        AlertPhase.Triggered when rule.RepeatInterval is { } repeat && tick - before.NotifiedAt >= repeat => AlertNotice.Repeated,
        _ => AlertNotice.None,
    };

    /// <summary>Data or the query is missing, and people know.</summary>
    private static bool IsToldMissing(AlertState state) => IsMissing(state.Phase) && state.NotifiedAt >= state.Since;

    private static AlertState Told(AlertState after, AlertNotice notice, DateTimeOffset tick) => notice switch
    {
        AlertNotice.Opened or AlertNotice.Repeated => after with { IsAnnounced = true, NotifiedAt = tick },
        AlertNotice.Missing when IsMissing(after.Phase) => after with { NotifiedAt = tick },
        _ => after,
    };

    private static bool IsMissing(AlertPhase phase) => phase is AlertPhase.NoData or AlertPhase.Error;
}
