using SreBot.Alerts.Evaluation;
using SreBot.Alerts.Rules;
using SreBot.Alerts.States;

namespace SreBot.Benchmarks.AlertScenarios;

/// <summary>The product's decisions of one tick, so that the same checks can run over an altered build of them.</summary>
internal sealed record AlertMachine(AlertMachine.Seeing See, AlertMachine.Judging Judge, AlertMachine.Taking Take)
{
    public static AlertMachine Product { get; } = new(AlertSight.Of, AlertVerdict.Of, TakeStep);

    /// <summary><see cref="AlertSight.Of"/>.</summary>
    internal delegate IReadOnlyList<AlertSighting> Seeing(AlertRule rule, IEnumerable<string> known, IReadOnlyCollection<AlertReading> readings, Verdict? unread);

    /// <summary><see cref="AlertVerdict.Of"/>.</summary>
    internal delegate Verdict Judging(AlertRule rule, double? value, long count);

    /// <summary><see cref="AlertStep.Take"/>.</summary>
    internal delegate (AlertState State, AlertTransition? Transition, AlertNotice Notice) Taking(AlertRule rule, AlertState before, Verdict verdict, double? value,
        DateTimeOffset tick, bool isSilenced);

    private static (AlertState State, AlertTransition? Transition, AlertNotice Notice) TakeStep(AlertRule rule, AlertState before, Verdict verdict, double? value,
        DateTimeOffset tick, bool isSilenced)
    {
        var step = AlertStep.Take(rule, before, verdict, value, tick, isSilenced);
        return (step.State, step.Transition, step.Notice);
    }
}
