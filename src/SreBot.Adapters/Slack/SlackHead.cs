namespace SreBot.Adapters.Slack;

/// <summary>A message that stands for a key, and what belongs to it.</summary>
/// <param name="Digest">Of its own part; null when it stands alone.</param>
/// <param name="Parts">Messages in sum, itself included.</param>
/// <param name="Files">The names of those in its thread.</param>
internal sealed record SlackHead(string Ts, string? Digest, int Parts, IReadOnlyList<string> Files)
{
    public bool IsAlone => Parts <= 1 && Files.Count == 0;

    /// <summary>Whether all that belongs to it is in its thread.</summary>
    public bool IsWhole(SlackRest rest) => Enumerable.Range(2, Math.Max(0, Parts - 1)).All(rest.Parts.ContainsKey) && Files.All(rest.Files.Contains);
}
