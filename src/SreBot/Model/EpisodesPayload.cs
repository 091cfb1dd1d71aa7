namespace SreBot.Model;

/// <summary>Outbox handler <c>episodes</c>: open the incidents of all episodes that were announced at a tick and have none yet. A row a shard that announced
/// any, subject <c>tick:…</c>; whichever comes first does it for all shards that have passed the tick.</summary>
/// <param name="Tick">As in <c>alert_history.announced_at</c>.</param>
internal sealed record EpisodesPayload(DateTimeOffset Tick)
{
    public const string Handler = "episodes";
}
