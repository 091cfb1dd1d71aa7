using SreBot.Alerts.Rules;

namespace SreBot.Alerts.States;

/// <summary>What a verdict counts as, by the rule's policies. Pure.</summary>
internal static class AlertPolicies
{
    /// <param name="state">Before the tick, but for <see cref="AlertState.MissingTicks"/>, which counts it.</param>
    public static AlertWeight Weigh(AlertRule rule, AlertState state, Verdict verdict, double? value) => verdict switch
    {
        Verdict.Breach => AlertWeight.Breach,
        Verdict.Between => AlertWeight.Between,
        Verdict.Clear => AlertWeight.Clear,
        Verdict.Insufficient => Insufficient(rule, state, value),
        Verdict.NoData => Missing(rule, rule.NoDataPolicy, AlertWeight.NoData),
        Verdict.Error => Missing(rule, rule.ErrorPolicy, AlertWeight.Error),
        Verdict.Vanished when state.MissingTicks < rule.VanishAfter => AlertWeight.Hold,
        Verdict.Vanished when rule.VanishResolves => AlertWeight.Gone,
        Verdict.Vanished => Missing(rule, rule.NoDataPolicy, AlertWeight.NoData),
        _ => AlertWeight.Hold,
    };

    /// <summary>The value that the verdict stands for: 0 where the policy says so.</summary>
    /// <param name="state">As for <see cref="Weigh"/>.</param>
    public static double? Value(AlertRule rule, AlertState state, Verdict verdict, double? value) => verdict switch
    {
        Verdict.NoData => rule.NoDataPolicy == MissingPolicy.Zero ? 0 : value,
        Verdict.Error => rule.ErrorPolicy == MissingPolicy.Zero ? 0 : value,
        Verdict.Vanished when state.MissingTicks >= rule.VanishAfter && !rule.VanishResolves => rule.NoDataPolicy == MissingPolicy.Zero ? 0 : value,
        _ => value,
    };

    /// <summary>Ticks in a row without the group, this one included, no further than it matters; a tick that shows nothing of any group neither counts nor starts over.</summary>
    public static int MissingTicks(AlertRule rule, AlertState state, Verdict verdict) => verdict switch
    {
        Verdict.Vanished => Math.Min(state.MissingTicks + 1, Math.Max(1, rule.VanishAfter)),
        Verdict.NoData or Verdict.Error or Verdict.Unknown => state.MissingTicks,
        _ => 0,
    };

    /// <summary>The hold has lasted as long as the rule lets it: the tick counts as a clear. A failed query never does.</summary>
    public static bool IsHeldTooLong(AlertRule rule, AlertState state, Verdict verdict, DateTimeOffset tick) =>
        rule.MaxHold is { } longest && verdict != Verdict.Error && CanHold(state.Phase) && tick - (state.HeldSince ?? tick) >= longest;

    /// <summary>A phase from which a hold keeps an alert from going on.</summary>
    public static bool CanHold(AlertPhase phase) => phase is AlertPhase.Pending or AlertPhase.Triggered or AlertPhase.Cooldown;

    /// <summary>Too few requests end the waiting of what has not triggered, whatever the policy.</summary>
    private static AlertWeight Insufficient(AlertRule rule, AlertState state, double? value) => rule.InsufficientPolicy switch
    {
        _ when state.Phase == AlertPhase.Pending && state.EpisodeSince is null => AlertWeight.Clear,
        InsufficientPolicy.Clear => AlertWeight.Clear,
        InsufficientPolicy.GateTrigger when value is { } number => Gated(state.Phase, ByValue(rule, number)),
        _ => AlertWeight.Hold,
    };

    private static AlertWeight Gated(AlertPhase phase, AlertWeight weight) =>
        weight == AlertWeight.Breach && phase is not (AlertPhase.Triggered or AlertPhase.Cooldown) ? AlertWeight.Hold : weight;

    private static AlertWeight Missing(AlertRule rule, MissingPolicy policy, AlertWeight own) => policy switch
    {
        MissingPolicy.Ok => AlertWeight.Clear,
        MissingPolicy.Zero => ByValue(rule, 0),
        MissingPolicy.Alert => AlertWeight.Breach,
        MissingPolicy.State => own,
        _ => AlertWeight.Hold,
    };

    private static AlertWeight ByValue(AlertRule rule, double value) => AlertVerdict.OfValue(rule, value) switch
    {
        Verdict.Breach => AlertWeight.Breach,
        Verdict.Between => AlertWeight.Between,
        Verdict.Clear => AlertWeight.Clear,
        _ => AlertWeight.Hold,
    };
}
