namespace SreBot.Adapters.Slack;

/// <summary>When a silent connection is given up.</summary>
/// <param name="PingEvery">How often the connection is probed.</param>
/// <param name="DeadAfter">How long after a probe its answer may take.</param>
internal sealed record SlackSocketTiming(TimeSpan PingEvery, TimeSpan DeadAfter)
{
    public static SlackSocketTiming Default { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20));
}
