namespace SreBot.Delivery;

/// <summary>An outbox row that was given up.</summary>
internal sealed record DeadRow
{
    public long Id { get; init; }
    public string Subject { get; init; } = "";
    public string Handler { get; init; } = "";
    public string Target { get; init; } = "";
    public int Attempts { get; init; }
    public string Why { get; init; } = "";

    /// <summary>UTC.</summary>
    public DateTime At { get; init; }
}
