using SreBot.Model;

namespace SreBot.Tests.Planning;

/// <summary>Incidents in memory.</summary>
internal sealed class KnownIncidents : IIncidentLookup
{
    public List<IncidentFacts> All { get; } = [];

    public Task<IncidentFacts?> FindAsync(AccessScope scope, long id, CancellationToken cancel) => Task.FromResult(All.Find(incident => incident.Id == id && incident.Projects.All(scope.Projects.Contains)));

    public Task<IReadOnlyList<IncidentFacts>> RecentAsync(AccessScope scope, int count, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<IncidentFacts>>([.. All.Where(incident => incident.Projects.All(scope.Projects.Contains)).OrderByDescending(incident => incident.Id).Take(count)]);
}
