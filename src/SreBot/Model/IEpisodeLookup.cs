namespace SreBot.Model;

/// <summary>Episodes of alerts, for features that do not own them; answered by <c>Alerts</c>.</summary>
internal interface IEpisodeLookup
{
    /// <summary>Null when the organization has none with that id.</summary>
    Task<EpisodeFacts?> FindAsync(long organizationId, Guid episodeId, CancellationToken cancel);
}
