using SreBot.Model;

namespace SreBot.Incidents;

/// <summary>Tells other features of incidents.</summary>
internal sealed class IncidentLookup(IncidentStore store) : IIncidentLookup
{
    public async Task<IncidentFacts?> FindAsync(AccessScope scope, long id, CancellationToken cancel) => (await store.FindAsync(scope, id, cancel))?.ToFacts();

    public async Task<IReadOnlyList<IncidentFacts>> RecentAsync(AccessScope scope, int count, CancellationToken cancel) =>
        [.. (await store.RecentAsync(scope, count, cancel)).Select(incident => incident.ToFacts())];
}
