using SreBot.Alerts.Rules;

namespace SreBot.Alerts.States;

/// <summary>Moves a rule, or one group of it, by one tick. Pure. A table of phases and verdicts, a line a cell; what a verdict counts as is the rule's policy.</summary>
internal static class AlertStateMachine
{
    /// <param name="value">The window's value; null without data.</param>
    /// <param name="tick">Later than <see cref="AlertState.Tick"/>.</param>
    /// <returns>The new state, and the change of phase or null.</returns>
    public static (AlertState State, AlertTransition? Transition) Next(AlertRule rule, AlertState state, Verdict verdict, double? value, DateTimeOffset tick)
    {
        var next = Move(rule, state, Weigh(rule, state.Phase, verdict, value), tick) with { Value = value, Tick = tick };
        return (next, next.Phase == state.Phase ? null : new AlertTransition(state.Phase, next.Phase, Notifies(state, next)));
    }

    /// <summary>What the verdict counts as, by the rule's policies.</summary>
    private static Weight Weigh(AlertRule rule, AlertPhase phase, Verdict verdict, double? value) => verdict switch
    {
        Verdict.Breach => Weight.Breach,
        Verdict.Between => Weight.Between,
        Verdict.Clear => Weight.Clear,
        Verdict.NoData => ByPolicy(rule, rule.NoDataPolicy, Weight.NoData),
        Verdict.Error => ByPolicy(rule, rule.ErrorPolicy, Weight.Error),
        _ => phase switch
        {
            AlertPhase.Pending => Weight.Clear,
            AlertPhase.Triggered or AlertPhase.Cooldown => Insufficient(rule, value),
            _ => Weight.Hold,
        },
    };

    private static Weight ByPolicy(AlertRule rule, MissingPolicy policy, Weight own) => policy switch
    {
        MissingPolicy.Ok => Weight.Clear,
        MissingPolicy.Zero => ByValue(rule, 0),
        MissingPolicy.Alert => Weight.Breach,
        MissingPolicy.State => own,
        _ => Weight.Hold,
    };

    private static Weight Insufficient(AlertRule rule, double? value) => rule.InsufficientPolicy switch
    {
        InsufficientPolicy.Clear => Weight.Clear,
        InsufficientPolicy.GateTrigger when value is { } number => ByValue(rule, number),
        _ => Weight.Hold,
    };

    private static Weight ByValue(AlertRule rule, double value) => AlertVerdict.OfValue(rule, value) switch
    {
        Verdict.Breach => Weight.Breach,
        Verdict.Between => Weight.Between,
        Verdict.Clear => Weight.Clear,
        _ => Weight.Hold,
    };

    private static AlertState Move(AlertRule rule, AlertState state, Weight weight, DateTimeOffset tick) => (state.Phase, weight) switch
    {
        (AlertPhase.Resolved or AlertPhase.NoData or AlertPhase.Error, Weight.Breach) when rule.For == TimeSpan.Zero => Trigger(state, tick),
        (AlertPhase.Resolved or AlertPhase.NoData or AlertPhase.Error, Weight.Breach) => To(state, AlertPhase.Pending, tick),
        (AlertPhase.Pending, Weight.Breach) when tick - state.Since >= rule.For => Trigger(state, tick),
        (AlertPhase.Cooldown, Weight.Breach) => Trigger(state, tick), // the quiet time starts over

        (AlertPhase.Pending, Weight.Clear or Weight.Between) => Resolve(tick),
        (AlertPhase.Triggered, Weight.Clear) when rule.Cooldown == TimeSpan.Zero => Resolve(tick),
        (AlertPhase.Triggered, Weight.Clear) => To(state, AlertPhase.Cooldown, tick),
        (AlertPhase.Triggered or AlertPhase.Cooldown, Weight.Between) => To(state, AlertPhase.Cooldown, tick) with { IsHeld = true },
        (AlertPhase.Cooldown, Weight.Clear) when tick - QuietSince(state, tick) >= rule.Cooldown => Resolve(tick),
        (AlertPhase.Cooldown, Weight.Clear) => state with { Since = QuietSince(state, tick), IsHeld = false },
        (AlertPhase.NoData or AlertPhase.Error, Weight.Clear) => Resolve(tick),
        (AlertPhase.NoData or AlertPhase.Error, Weight.Between) => state.EpisodeSince is null ? Resolve(tick) : To(state, AlertPhase.Cooldown, tick) with { IsHeld = true },

        (AlertPhase.Pending or AlertPhase.Cooldown, Weight.Hold) => state with { Since = state.Since + (tick - state.Tick) }, // no timer advances
        (not AlertPhase.NoData, Weight.NoData) => To(state, AlertPhase.NoData, tick),
        (not AlertPhase.Error, Weight.Error) => To(state, AlertPhase.Error, tick),
        _ => state, // what is not named holds the state, so that missing data never resolves
    };

    private static AlertState To(AlertState state, AlertPhase phase, DateTimeOffset tick) => state with { Phase = phase, Since = tick, IsHeld = false };

    private static AlertState Trigger(AlertState state, DateTimeOffset tick) =>
        To(state, AlertPhase.Triggered, tick) with { EpisodeSince = state.EpisodeSince ?? tick };

    private static AlertState Resolve(DateTimeOffset tick) => AlertState.New(tick);

    /// <summary>The first clear after the last breach, and after the last value between the thresholds.</summary>
    private static DateTimeOffset QuietSince(AlertState state, DateTimeOffset tick) => state.IsHeld ? tick : state.Since;

    private static bool Notifies(AlertState state, AlertState next) => (state.Phase, next.Phase) switch
    {
        (AlertPhase.NoData or AlertPhase.Error, _) or (_, AlertPhase.NoData or AlertPhase.Error) => true,
        (AlertPhase.Resolved or AlertPhase.Pending, AlertPhase.Triggered) => true,
        (_, AlertPhase.Resolved) => state.EpisodeSince is not null,
        _ => false,
    };

    private enum Weight { Breach, Between, Clear, Hold, NoData, Error }
}
