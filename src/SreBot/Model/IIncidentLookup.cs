namespace SreBot.Model;

/// <summary>Incidents, for features that do not own them; answered by <c>Incidents</c>.</summary>
internal interface IIncidentLookup
{
    /// <summary>Null when there is none with that number in the scope.</summary>
    Task<IncidentFacts?> FindAsync(AccessScope scope, long id, CancellationToken cancel);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<IncidentFacts>> RecentAsync(AccessScope scope, int count, CancellationToken cancel);
}
