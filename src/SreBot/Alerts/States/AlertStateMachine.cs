using SreBot.Alerts.Rules;

namespace SreBot.Alerts.States;

/// <summary>Moves a rule, or one group of it, by one tick. Pure. A table of phases and weights, a line a cell; what a verdict weighs is the rule's policy.</summary>
internal static class AlertStateMachine
{
    /// <param name="value">The window's value; null without data.</param>
    /// <param name="tick">Later than <see cref="AlertState.Tick"/>.</param>
    /// <returns>The new state, and the change of phase or null.</returns>
    public static (AlertState State, AlertTransition? Transition) Next(AlertRule rule, AlertState state, Verdict verdict, double? value, DateTimeOffset tick)
    {
        var missing = AlertPolicies.MissingTicks(rule, state, verdict);
        var counted = missing == state.MissingTicks ? state : state with { MissingTicks = missing };
        var weight = AlertPolicies.Weigh(rule, counted, verdict, value);
        var isHeld = weight == AlertWeight.Hold;
        var moved = Move(rule, state, isHeld && AlertPolicies.IsHeldTooLong(rule, state, verdict, tick) ? AlertWeight.Clear : weight, tick);
        var next = moved with
        {
            Value = AlertPolicies.Value(rule, counted, verdict, value),
            HeldSince = isHeld && AlertPolicies.CanHold(moved.Phase) ? state.HeldSince ?? tick : null,
            MissingTicks = missing,
            Tick = tick,
        };
        return (next, next.Phase == state.Phase ? null : new AlertTransition(state.Phase, next.Phase, Notifies(state, next)));
    }

    private static AlertState Move(AlertRule rule, AlertState state, AlertWeight weight, DateTimeOffset tick) => (state.Phase, weight) switch
    {
        (AlertPhase.Resolved or AlertPhase.NoData or AlertPhase.Error, AlertWeight.Breach) when rule.For == TimeSpan.Zero => Trigger(state, tick),
        (AlertPhase.Resolved or AlertPhase.NoData or AlertPhase.Error, AlertWeight.Breach) => To(state, AlertPhase.Pending, tick),
        (AlertPhase.Pending, AlertWeight.Breach) when tick - state.Since >= rule.For => Trigger(state, tick),
        (AlertPhase.Cooldown, AlertWeight.Breach) => Trigger(state, tick), // the quiet time starts over

        (AlertPhase.Pending or AlertPhase.NoData or AlertPhase.Error, AlertWeight.Clear) => Resolve(tick),
        (AlertPhase.Triggered, AlertWeight.Clear) when rule.Cooldown == TimeSpan.Zero => Resolve(tick),
        (AlertPhase.Triggered, AlertWeight.Clear) => To(state, AlertPhase.Cooldown, tick),
        (AlertPhase.Cooldown, AlertWeight.Clear) when tick - QuietSince(state, tick) >= rule.Cooldown => Resolve(tick),
        (AlertPhase.Cooldown, AlertWeight.Clear) => state with { Since = QuietSince(state, tick), IsHeld = false },
        (not AlertPhase.Resolved, AlertWeight.Gone) => Resolve(tick),

        (not AlertPhase.Resolved, AlertWeight.Between) when state.EpisodeSince is null => Resolve(tick),
        (not AlertPhase.Resolved, AlertWeight.Between) => To(state, AlertPhase.Cooldown, tick) with { IsHeld = true },

        (AlertPhase.Pending or AlertPhase.Cooldown, AlertWeight.Hold) => state with { Since = state.Since + (tick - state.Tick) }, // no timer advances
        (not AlertPhase.NoData, AlertWeight.NoData) => To(state, AlertPhase.NoData, tick),
        (not AlertPhase.Error, AlertWeight.Error) => To(state, AlertPhase.Error, tick),
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
}
