using System.Text.Json;
using SreBot.Model;

namespace SreBot.Access;

/// <summary>A principal as PostgreSQL gives it, with its organization.</summary>
internal sealed record PrincipalRow
{
    /// <summary>What every look-up selects; the tables are <c>principal p</c> and <c>organization o</c>.</summary>
    public const string Columns = """
        p.id, p.name, p.role, p.all_projects AS AllProjects, p.projects, p.conditions::text AS conditions,
        o.id AS OrganizationId, o.slug AS OrganizationSlug, o.name AS OrganizationName, o.is_demo AS IsDemo, o.telemetry_database AS TelemetryDatabase,
        ARRAY(SELECT project.id FROM project WHERE project.organization_id = o.id ORDER BY project.id) AS OrganizationProjects
        """;

    public Guid Id { get; init; }
    public string Name { get; init; } = "";
    public string Role { get; init; } = "";
    public bool AllProjects { get; init; }
    public string[] Projects { get; init; } = [];
    public string Conditions { get; init; } = "[]";
    public long OrganizationId { get; init; }
    public string OrganizationSlug { get; init; } = "";
    public string OrganizationName { get; init; } = "";
    public bool IsDemo { get; init; }
    public string TelemetryDatabase { get; init; } = "";
    public string[] OrganizationProjects { get; init; } = [];

    public Principal ToPrincipal() => new(Id, Name, OrganizationSlug, new AccessScope
    {
        OrganizationId = OrganizationId,
        TelemetryDatabase = TelemetryDatabase,
        Role = Enum.Parse<Role>(Role, ignoreCase: true),
        Projects = AllProjects ? OrganizationProjects : [.. OrganizationProjects.Intersect(Projects)],
        SeesAllProjects = AllProjects,
        Conditions = JsonSerializer.Deserialize<List<DimensionCondition>>(Conditions, SreJson.Options) ?? [],
    })
    {
        OrganizationName = OrganizationName,
        IsDemo = IsDemo,
    };
}
