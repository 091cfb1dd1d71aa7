using Dapper;
using SreBot.Model;
using SreBot.Postgres;
using SreBot.Telemetry;
using SreBot.Telemetry.Sources;

namespace SreBot.Access;

/// <summary>What a source of telemetry needs while it is read: projects become known by their requests; another's table gets its roll-ups. A pass may be run twice, and by any replica.</summary>
internal sealed class SourceUpkeep(PostgresDatabase postgres, ITelemetryStore telemetry, TimeProvider time)
{
    private static readonly TimeSpan FirstPast = TimeSpan.FromHours(24);
    private static readonly TimeSpan Past = TimeSpan.FromMinutes(10);

    private readonly HashSet<long> seen = [];

    private const string OrganizationsSql = "SELECT id, telemetry_database AS database FROM organization WHERE NOT is_demo";

    /// <returns>The projects that became known.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var added = 0;
        foreach (var (id, database) in await OrganizationsAsync(cancel))
        {
            added += await RegisterAsync(id, database, cancel);
            if (telemetry.ModeOf(database) != SourceMode.Own)
                await MaintainAsync(id, database, cancel);
        }

        return added;
    }

    private async Task<IReadOnlyList<(long Id, string Database)>> OrganizationsAsync(CancellationToken cancel)
    {
        await using var session = await postgres.BeginGatewayAsync(cancel);
        return [.. await session.Connection.QueryAsync<(long, string)>(session.Command(OrganizationsSql, null, cancel))];
    }

    private const string ProjectsSql = """
        SELECT DISTINCT toString(project_id) AS project
        FROM {database:Identifier}.request
        WHERE /*scope*/ AND timestamp >= {from:DateTime64(3)} AND timestamp < {to:DateTime64(3)}
        LIMIT 1000
        """;

    // A project belongs to one organization of an installation: the first that sent its requests.
    private const string AddSql = """
        INSERT INTO project (organization_id, id)
        SELECT @organization, unnest(@projects)
        ON CONFLICT DO NOTHING
        """;

    private async Task<int> RegisterAsync(long organization, string database, CancellationToken cancel)
    {
        var isFirst = seen.Add(organization);
        var projects = await ProjectsAsync(database, isFirst ? FirstPast : Past, cancel);
        if (projects.Count == 0)
            return 0;

        await using var session = await postgres.BeginAsync(organization, cancel);
        var added = await session.Connection.ExecuteAsync(session.Command(AddSql, new { organization, projects = projects.ToArray() }, cancel));
        await session.CommitAsync(cancel);
        return added;
    }

    private async Task<IReadOnlyList<string>> ProjectsAsync(string database, TimeSpan past, CancellationToken cancel)
    {
        var query = new TelemetryQuery(ProjectsSql, new Dictionary<string, object?> { ["from"] = time.GetUtcNow() - past, ["to"] = time.GetUtcNow() + Past });
        try
        {
            await using var reader = await telemetry.ReadAsync(AccessScope.ForEvaluator(database), query, cancel);
            var projects = new List<string>();
            while (await reader.ReadAsync(cancel))
            {
                if (reader.GetString(0) is { Length: > 0 } project)
                    projects.Add(project);
            }

            return projects;
        }
        catch (SreException error) when (error.Kind == SreErrorKind.Invalid && past > Past)
        {
            return await ProjectsAsync(database, Past, cancel); // a day of a large table takes too long
        }
    }

    private const string LockSql = "SELECT pg_try_advisory_xact_lock(hashtextextended(@database, 0))";

    private async Task MaintainAsync(long organization, string database, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(organization, cancel);
        var mayWrite = await session.Connection.QuerySingleAsync<bool>(session.Command(LockSql, new { database }, cancel));
        await telemetry.MaintainAsync(database, time.GetUtcNow(), mayWrite, cancel);
    }
}
