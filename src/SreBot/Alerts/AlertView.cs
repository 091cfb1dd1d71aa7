namespace SreBot.Alerts;

/// <summary>All that is shown of one rule.</summary>
/// <param name="Database">Of the telemetry.</param>
internal sealed record AlertView(AlertStanding Standing, string Database)
{
    /// <summary>The gravest first.</summary>
    public IReadOnlyList<AlertGroupRow> Groups { get; init; } = [];
    public bool HasMoreGroups { get; init; }

    /// <summary>The last state changes, newest first.</summary>
    public IReadOnlyList<AlertHistoryRow> History { get; init; } = [];

    /// <summary>Where they are told.</summary>
    public IReadOnlyList<string> Subscribers { get; init; } = [];
    public bool HasBacktests { get; init; }
}
