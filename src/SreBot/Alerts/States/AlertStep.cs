using SreBot.Alerts.Rules;

namespace SreBot.Alerts.States;

/// <summary>One tick of a rule, or of one group of it: how the state moves, and what is said of it. Pure.</summary>
/// <param name="Transition">The change of phase, or null.</param>
internal sealed record AlertStep(AlertState State, AlertTransition? Transition, AlertNotice Notice)
{
    /// <param name="value">The window's value; null without data.</param>
    /// <param name="isSilenced">Holds back what begins; what is still triggered at its end is told then; the end of what was told is always told.</param>
    public static AlertStep Take(AlertRule rule, AlertState before, Verdict verdict, double? value, DateTimeOffset tick, bool isSilenced)
    {
        var (after, transition) = AlertStateMachine.Next(rule, before, verdict, value, tick);
        var notice = NoticeOf(rule, before, after, transition, tick, isSilenced);
        return new AlertStep(notice is AlertNotice.Opened or AlertNotice.Repeated ? after with { IsAnnounced = true, NotifiedAt = tick } : after, transition, notice);
    }

    private static AlertNotice NoticeOf(AlertRule rule, AlertState before, AlertState after, AlertTransition? transition, DateTimeOffset tick, bool isSilenced) => after.Phase switch
    {
        _ when before.IsAnnounced && after.EpisodeSince is null => AlertNotice.Resolved,
        _ when isSilenced => AlertNotice.None,
        AlertPhase.Triggered when !before.IsAnnounced => AlertNotice.Opened,
        AlertPhase.Triggered when rule.RepeatInterval is { } repeat && tick - before.NotifiedAt >= repeat => AlertNotice.Repeated,
        _ => transition is { Notifies: true } && (IsMissing(transition.From) || IsMissing(transition.To)) ? AlertNotice.Missing : AlertNotice.None,
    };

    private static bool IsMissing(AlertPhase phase) => phase is AlertPhase.NoData or AlertPhase.Error;
}
