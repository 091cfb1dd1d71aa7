namespace SreBot.Model;

/// <summary>What a read may see: an organization, projects of it, and conditions that every row must meet. Made by <c>Access</c>, carried by every read.</summary>
internal sealed record AccessScope
{
    public required long OrganizationId { get; init; }

    /// <summary>The ClickHouse database that holds the organization's telemetry.</summary>
    public required string TelemetryDatabase { get; init; }
    public required Role Role { get; init; }

    /// <summary>The projects that may be seen; none when empty.</summary>
    public required IReadOnlyList<string> Projects { get; init; }

    /// <summary>Every project of the organization may be seen, those to come too.</summary>
    public bool SeesAllProjects { get; init; }

    /// <summary>All of them must hold.</summary>
    public IReadOnlyList<DimensionCondition> Conditions { get; init; } = [];

    /// <summary>True for the evaluator alone, which reads for all rules at once; <see cref="Projects"/> does not count then.</summary>
    public bool IsEvaluator { get; private init; }

    /// <summary>The evaluator's view of one telemetry database; it is never handed to a person's question.</summary>
    public static AccessScope ForEvaluator(string telemetryDatabase) =>
        new() { OrganizationId = 0, TelemetryDatabase = telemetryDatabase, Role = Role.Viewer, Projects = [], IsEvaluator = true };

    /// <summary>The same, with no more than those projects.</summary>
    public AccessScope CutTo(IEnumerable<string> projects) => this with { Projects = [.. Projects.Intersect(projects)], SeesAllProjects = false };

    /// <exception cref="SreException">Forbidden, when the role is less than that.</exception>
    public void Require(Role role, string what)
    {
        if (Role < role)
        {
            throw new SreException(SreErrorKind.Forbidden, $"Only {(role == Role.Admin ? "an admin" : "an sre or an admin")} may {what}; ask an admin for the role.");
        }
    }
}
