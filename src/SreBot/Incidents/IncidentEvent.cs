namespace SreBot.Incidents;

/// <summary>An entry of an incident's timeline.</summary>
internal sealed record IncidentEvent
{
    /// <summary>UTC.</summary>
    public DateTime At { get; init; }
    public string Who { get; init; } = "";
    public string What { get; init; } = "";
}
