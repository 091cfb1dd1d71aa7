using SreBot.Alerts.Rules;
using SreBot.Alerts.States;

namespace SreBot.Tests.Alerts.States;

/// <summary>An alert told by counting the minutes that count, where the product compares times: what its state must be after each verdict.</summary>
internal sealed record AlertStory
{
    /// <summary>Triggered, and not yet resolved.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The own state that it is in.</summary>
    public AlertPhase? Own { get; init; }

    /// <summary>Minutes since the first breach in a row; null when it does not wait.</summary>
    public int? Waited { get; init; }

    /// <summary>Minutes since the first clear after the last breach; null when it is not quiet.</summary>
    public int? Quiet { get; init; }

    /// <summary>The last value that counts lay between the thresholds.</summary>
    public bool IsBetween { get; init; }

    /// <summary>Ticks in a row that proved nothing.</summary>
    public int Held { get; init; }

    /// <summary>Ticks in a row without the group.</summary>
    public int Gone { get; init; }

    /// <summary>Its opening was told.</summary>
    public bool IsTold { get; init; }

    /// <summary>That data is missing was told.</summary>
    public bool IsMissingTold { get; init; }

    /// <summary>Minutes since something was told.</summary>
    public int SinceTold { get; init; }

    public AlertPhase Phase => this switch
    {
        { Own: { } own } => own,
        { Waited: not null } => AlertPhase.Pending,
        { IsOpen: false } => AlertPhase.Resolved,
        { Quiet: null, IsBetween: false } => AlertPhase.Triggered,
        _ => AlertPhase.Cooldown,
    };

    private bool IsUnderWay => Phase is AlertPhase.Pending or AlertPhase.Triggered or AlertPhase.Cooldown;

    /// <summary>What the verdict comes to by the rule's policies.</summary>
    public AlertWeight Weigh(AlertRule rule, string letter)
    {
        var weight = letter switch
        {
            "1" => AlertWeight.Breach,
            "~" => AlertWeight.Between,
            "0" => AlertWeight.Clear,
            "i" when Waited is not null && !IsOpen => AlertWeight.Clear,
            "i" when rule.InsufficientPolicy == InsufficientPolicy.Clear => AlertWeight.Clear,
            "i" when rule.InsufficientPolicy == InsufficientPolicy.GateTrigger && Phase is AlertPhase.Triggered or AlertPhase.Cooldown => AlertWeight.Breach,
            "n" => Missing(rule, rule.NoDataPolicy, AlertWeight.NoData),
            "e" => Missing(rule, rule.ErrorPolicy, AlertWeight.Error),
            "v" when Gone + 1 >= rule.VanishAfter => rule.VanishResolves ? AlertWeight.Gone : Missing(rule, rule.NoDataPolicy, AlertWeight.NoData),
            _ => AlertWeight.Hold,
        };
        return weight == AlertWeight.Hold && letter != "e" && IsUnderWay && rule.MaxHold is { } longest && Held >= longest.TotalMinutes ? AlertWeight.Clear : weight;
    }

    private static AlertWeight Missing(AlertRule rule, MissingPolicy policy, AlertWeight own) => policy switch
    {
        MissingPolicy.Ok => AlertWeight.Clear,
        MissingPolicy.Zero => rule.Comparator.IsBelow() ? AlertWeight.Breach : AlertWeight.Clear,
        MissingPolicy.Alert => AlertWeight.Breach,
        MissingPolicy.State => own,
        _ => AlertWeight.Hold,
    };

    /// <summary>The story goes on, apart from what is told.</summary>
    public AlertStory After(AlertRule rule, string letter)
    {
        var weight = Weigh(rule, letter);
        var provesNothing = weight == AlertWeight.Hold || (weight == AlertWeight.Clear && this with { Held = 0 } is var fresh && fresh.Weigh(rule, letter) == AlertWeight.Hold);
        var moved = Move(rule, weight);
        return moved with
        {
            Held = provesNothing && moved.IsUnderWay ? Held + 1 : 0,
            Gone = letter switch { "v" => Gone + 1, "n" or "e" or "u" => Gone, _ => 0 },
        };
    }

    private AlertStory Move(AlertRule rule, AlertWeight weight)
    {
        var isUp = Phase is AlertPhase.Triggered or AlertPhase.Cooldown;
        var calm = this with { Own = null, Waited = null, Quiet = null, IsBetween = false };
        var over = calm with { IsOpen = false };
        switch (weight)
        {
            case AlertWeight.Breach:
                var waited = Waited + 1 ?? 0;
                return isUp ? calm : waited >= rule.For.TotalMinutes ? calm with { IsOpen = true } : calm with { Waited = waited };
            case AlertWeight.Between:
                return IsOpen ? calm with { IsBetween = true } : over;
            case AlertWeight.Clear:
                var quiet = Quiet + 1 ?? 0;
                return isUp && quiet < rule.Cooldown.TotalMinutes ? calm with { Quiet = quiet } : over;
            case AlertWeight.Gone:
                return over;
            case AlertWeight.NoData or AlertWeight.Error:
                return calm with { Own = weight == AlertWeight.NoData ? AlertPhase.NoData : AlertPhase.Error };
            default:
                return this;
        }
    }
}
