namespace SreBot.Model;

/// <summary>From, inclusive, to To, exclusive.</summary>
internal sealed record TimeWindow(DateTimeOffset From, DateTimeOffset To)
{
    public TimeSpan Length => To - From;

    /// <summary>The stretch of the same length that ends where this one begins.</summary>
    public TimeWindow Before => new(From - Length, From);
}
