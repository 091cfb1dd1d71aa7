namespace SreBot.Model;

/// <summary>What people do to the open incidents of an alert, for features that do not own them; answered by <c>Incidents</c>.</summary>
internal interface IIncidentActions
{
    /// <returns>What happened, in one sentence.</returns>
    Task<string> AcknowledgeAsync(Caller caller, Guid alertId, CancellationToken cancel);

    /// <param name="time">Null: until they are resolved.</param>
    /// <returns>What happened, in one sentence.</returns>
    Task<string> SnoozeAsync(Caller caller, Guid alertId, TimeSpan? time, CancellationToken cancel);
}
