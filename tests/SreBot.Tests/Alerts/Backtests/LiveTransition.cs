namespace SreBot.Tests.Alerts.Backtests;

/// <summary>A row of <c>alert_transition</c>.</summary>
internal sealed record LiveTransition
{
    public DateTime Tick { get; init; }
    public string GroupKey { get; init; } = "";
    public string FromPhase { get; init; } = "";
    public string ToPhase { get; init; } = "";
    public string Verdict { get; init; } = "";
    public double? Value { get; init; }
    public long RequestCount { get; init; }

    public string Line => BacktestHouse.Line(new DateTimeOffset(DateTime.SpecifyKind(Tick, DateTimeKind.Utc)), GroupKey, FromPhase, ToPhase, Verdict, Value, RequestCount);
}
