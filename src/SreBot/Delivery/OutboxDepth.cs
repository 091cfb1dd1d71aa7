namespace SreBot.Delivery;

/// <summary>How much waits and how much lies dead.</summary>
internal sealed record OutboxDepth
{
    public long Waiting { get; init; }
    public long Dead { get; init; }

    /// <summary>UTC; when the first waiting row was or will be due; null when none waits.</summary>
    public DateTime? Oldest { get; init; }
}
