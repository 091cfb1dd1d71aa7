namespace SreBot.Adapters.Chat;

/// <summary>What came of a post: a value, since each of the three is expected.</summary>
public abstract record PostOutcome
{
    private PostOutcome() { }

    /// <summary>It is there; <paramref name="MessageId"/> serves to update it and, on a channel, as its thread.</summary>
    public sealed record Posted(string MessageId) : PostOutcome;

    /// <summary>It did not work now.</summary>
    /// <param name="Why">One sentence for an operator.</param>
    /// <param name="After">What the platform asked to wait, if it did.</param>
    /// <param name="IsUncertain">It may have arrived all the same: look it up by key before sending again.</param>
    public sealed record TryAgain(string Why, TimeSpan? After = null, bool IsUncertain = false) : PostOutcome;

    /// <summary>It will not work without a person's help; <paramref name="Why"/> says which.</summary>
    public sealed record GaveUp(string Why) : PostOutcome;
}
