namespace SreBot.Incidents;

/// <summary>An episode of a storm: a row of <c>incident_member</c>.</summary>
internal sealed record IncidentMember
{
    /// <summary>What to select.</summary>
    public const string Columns = """
        episode_id AS episodeid, incident_id AS incidentid, alert_id AS alertid, group_key AS groupkey, title, targets, projects, traits, escalations, ended_at AS endedat
        """;

    public Guid EpisodeId { get; init; }
    public long IncidentId { get; init; }
    public Guid AlertId { get; init; }
    public string GroupKey { get; init; } = "";
    public string Title { get; init; } = "";
    public string[] Targets { get; init; } = [];
    public string[] Projects { get; init; } = [];

    /// <summary>See <see cref="StormTraits"/>.</summary>
    public string[] Traits { get; init; } = [];

    /// <summary>The targets that its rule escalates to.</summary>
    public string[] Escalations { get; init; } = [];

    /// <summary>UTC; null while it goes on.</summary>
    public DateTime? EndedAt { get; init; }
}
