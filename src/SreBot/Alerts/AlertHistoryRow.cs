namespace SreBot.Alerts;

/// <summary>A row of <c>alert_transition</c>: why a rule changed its state.</summary>
internal sealed record AlertHistoryRow
{
    /// <summary>The minute's end, UTC.</summary>
    public DateTime Tick { get; init; }
    public string GroupKey { get; init; } = "";
    public string FromPhase { get; init; } = "";
    public string ToPhase { get; init; } = "";
    public string Verdict { get; init; } = "";
    public double? Value { get; init; }
    public long RequestCount { get; init; }
    public double Threshold { get; init; }

    /// <summary>ms.</summary>
    public long TimeWindow { get; init; }
    public int RuleVersion { get; init; }
    public bool Notified { get; init; }
}
