namespace SreBot.Alerts;

/// <summary>A row of <c>alert_state</c>, as it is shown.</summary>
internal sealed record AlertGroupRow
{
    public string GroupKey { get; init; } = "";
    public string Phase { get; init; } = "";
    public DateTime Since { get; init; }
    public double? Value { get; init; }
}
