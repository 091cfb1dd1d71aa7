namespace SreBot.Delivery;

/// <summary>What came of one attempt.</summary>
internal abstract record OutboxOutcome
{
    private OutboxOutcome() { }

    public sealed record Delivered : OutboxOutcome;

    /// <summary>A newer row makes the change that is visible; what this one had to say besides has been said.</summary>
    public sealed record Superseded : OutboxOutcome;

    /// <param name="After">What the receiver asked to wait; null: the dispatcher's own back-off.</param>
    public sealed record TryAgain(string Why, TimeSpan? After = null) : OutboxOutcome;

    /// <summary>The row is dead until someone sends it again.</summary>
    public sealed record GaveUp(string Why) : OutboxOutcome;
}
