namespace SreBot.Alerts.States;

/// <summary>Where a rule, or one group of it, stands after a tick.</summary>
internal sealed record AlertState
{
    public AlertPhase Phase { get; init; }

    /// <summary>When the phase began; while a tick proves nothing it moves along where a timer counts from it. In cooldown: the first clear after the last breach.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>In cooldown: the last value lay between the two thresholds, so the quiet time has not begun.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Of the last tick; null without data.</summary>
    public double? Value { get; init; }

    /// <summary>The tick that triggered; null when no episode is open.</summary>
    public DateTimeOffset? EpisodeSince { get; init; }

    /// <summary>The open episode has been handed to the outbox; a muted rule's has not.</summary>
    public bool IsAnnounced { get; init; }

    /// <summary>The tick of the last notification or reminder of the open episode, or that data or the query is missing.</summary>
    public DateTimeOffset? NotifiedAt { get; init; }

    /// <summary>The first of the ticks in a row that proved nothing, while pending, triggered or in cooldown; null when the last one did.</summary>
    public DateTimeOffset? HeldSince { get; init; }

    /// <summary>Ticks in a row in which other groups came back and this one did not; no more are counted than the rule asks about.</summary>
    public int MissingTicks { get; init; }

    /// <summary>The last tick that was evaluated.</summary>
    public DateTimeOffset Tick { get; init; }

    /// <summary>Of a rule that was never evaluated.</summary>
    public static AlertState New(DateTimeOffset tick) => new() { Since = tick, Tick = tick };
}
