namespace SreBot.Model;

/// <summary>Episodes of alerts, for features that do not own them; answered by <c>Alerts</c>.</summary>
internal interface IEpisodeLookup
{
    /// <summary>Null when the organization has none with that id.</summary>
    Task<EpisodeFacts?> FindAsync(long organizationId, Guid episodeId, CancellationToken cancel);

    /// <summary>The episodes that were announced at a tick, oldest rule first; null while a shard has not passed that tick yet.</summary>
    Task<IReadOnlyList<EpisodeFacts>?> AnnouncedAsync(long organizationId, DateTimeOffset tick, CancellationToken cancel);
}
