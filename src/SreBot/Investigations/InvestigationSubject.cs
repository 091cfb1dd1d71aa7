using SreBot.Model;

namespace SreBot.Investigations;

/// <summary>What is to be explained.</summary>
internal sealed record InvestigationSubject
{
    /// <summary>The metric of rules that watch an error budget: what is to be explained is the errors.</summary>
    private const string Budget = "burn_rate";

    /// <summary>As a person says it: <c>INC-3</c>, <c>Server_9</c>, <c>all requests</c>.</summary>
    public required string Name { get; init; }
    public IncidentFacts? Incident { get; init; }

    /// <summary>Whose symptom it is.</summary>
    public IReadOnlyList<DimensionCondition> Filter { get; init; } = [];

    /// <summary>Where to look for a change; null for an incident, which says when it began.</summary>
    public TimeWindow? Window { get; init; }

    /// <summary>A metric of the catalogue; null: whichever changed most.</summary>
    public string? Metric { get; init; }
    public string? Aggregate { get; init; }
    public double? Threshold { get; init; }

    public static InvestigationSubject Of(IncidentFacts incident) => new()
    {
        Name = $"INC-{incident.Id}",
        Incident = incident,
        Filter = incident.Projects is [var only] && incident.Filter.All(condition => condition.Dimension != "project_id") ? [.. incident.Filter, new DimensionCondition("project_id", only)] : incident.Filter,
        Metric = incident.Metric == Budget ? "error_rate" : incident.Metric,
        Aggregate = incident.Aggregate,
        Threshold = incident.Metric == Budget ? null : incident.Threshold,
    };
}
