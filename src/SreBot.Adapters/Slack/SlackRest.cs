namespace SreBot.Adapters.Slack;

/// <summary>What stands in the thread of a message and belongs to it.</summary>
/// <param name="Parts">By number, from 2 on: the <c>ts</c>, and the digest of what it shows.</param>
/// <param name="Files">The names of those that were brought, or told in words.</param>
internal sealed record SlackRest(IReadOnlyDictionary<int, (string Ts, string? Digest)> Parts, IReadOnlyList<string> Files)
{
    public static readonly SlackRest None = new(new Dictionary<int, (string, string?)>(), []);
}
