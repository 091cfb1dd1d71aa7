using System.Text.Json;
using Dapper;
using SreBot.Cli.Seeding;
using SreBot.Model;
using SreBot.Postgres;
using SreBot.Telemetry;

namespace SreBot.Cli.Demo;

/// <summary>Makes the demo's rows in PostgreSQL, and its empty telemetry database.</summary>
internal sealed class DemoCreation(PostgresDatabase postgres, ITelemetryStore telemetry, DemoStore store, TimeProvider time)
{
    private const string FreshSql = "SELECT bool_and(last_tick IS NULL) FROM alert_shard";

    /// <summary>Whether nothing was ever evaluated here.</summary>
    public async Task<bool> IsFreshAsync(CancellationToken cancel)
    {
        await using var session = await postgres.BeginEvaluatorAsync(cancel);
        return await session.Connection.QuerySingleAsync<bool>(session.Command(FreshSql, null, cancel));
    }

    private const string TakenSql = """
        SELECT 'The organization demo' FROM organization WHERE slug = @slug AND NOT is_demo
        UNION ALL
        SELECT 'The project ' || project.id FROM project JOIN organization ON organization.id = project.organization_id
        WHERE project.id = ANY(@projects) AND NOT organization.is_demo
        LIMIT 1
        """;

    /// <exception cref="SreException">Conflict, naming what another organization uses.</exception>
    public async Task CheckNamesAsync(SeedSettings settings, CancellationToken cancel)
    {
        await using var session = await postgres.BeginGatewayAsync(cancel);
        var names = new { slug = DemoStore.Slug, projects = settings.ProjectIds().ToArray() };
        if (await session.Connection.QueryFirstOrDefaultAsync<string>(session.Command(TakenSql, names, cancel)) is { } taken)
            throw new SreException(SreErrorKind.Conflict, $"{taken} exists already, so the demo cannot use that name; set Demo:Enabled to false, or remove it first.");
    }

    /// <summary>Makes the organization with all but its telemetry.</summary>
    /// <exception cref="SreException">Conflict, when its names are taken.</exception>
    public async Task<DemoStory> CreateAsync(SeedSettings settings, CancellationToken cancel)
    {
        await CheckNamesAsync(settings, cancel);
        var now = time.GetUtcNow();
        var story = DemoScenario.Of(settings, now);
        await telemetry.DropAsync(DemoStore.Database, cancel); // what a removal that was cut short may have left
        await telemetry.MigrateAsync(DemoStore.Database, cancel);
        await FillAsync(await CreateOrganizationAsync(cancel), story, now, cancel);
        return story;
    }

    private const string CreateSql = """
        INSERT INTO organization (slug, name, telemetry_database, is_demo)
        VALUES (@slug, 'Demo', @database, true)
        ON CONFLICT (slug) DO NOTHING
        """;

    private async Task<long> CreateOrganizationAsync(CancellationToken cancel)
    {
        await using (var session = await postgres.BeginGatewayAsync(cancel))
        {
            await session.Connection.ExecuteAsync(session.Command(CreateSql, new { slug = DemoStore.Slug, database = DemoStore.Database }, cancel));
            await session.CommitAsync(cancel);
        }

        return (await store.FindOrganizationAsync(cancel))!.Value;
    }

    // The evaluator begins an hour back on a fresh installation, so that it opens the first incident by itself.
    private const string FillSql = """
        INSERT INTO project (organization_id, id)
        SELECT @organization, unnest(@projects);

        INSERT INTO channel_link (organization_id, platform, workspace, channel, project_id, linked_by)
        SELECT @organization, @platform, @workspace, @channel, unnest(@projects), 'demo';

        INSERT INTO alert (organization_id, name, projects, metric, aggregate, group_by, comparator, threshold, time_window, min_requests, cooldown, severity, targets, created_by)
        VALUES
            (@organization, 'Slow requests', @projects, 'latency', 'max', '{server_id}', '>', 20, 60000, 0, 300000, 'warning', @targets, 'demo'),
            (@organization, 'Too many errors', @projects, 'error_rate', 'ratio', '{}', '>', 5, 60000, 20, 120000, 'critical', @targets, 'demo'),
            (@organization, 'CPU nearly used up', @projects, 'cpu', 'mean', '{server_id}', '>', 90, 300000, 10, 300000, 'warning', @targets, 'demo');

        INSERT INTO demo (organization_id, seed, settings, written_to)
        VALUES (@organization, @seed, @settings::jsonb, @writtenTo);

        UPDATE alert_shard SET last_tick = @lastTick, begun_at = @now WHERE last_tick IS NULL;
        """;

    private async Task FillAsync(long organization, DemoStory story, DateTimeOffset now, CancellationToken cancel)
    {
        var settings = story.Plan.Settings;
        await using var session = await postgres.BeginEvaluatorAsync(cancel);
        await session.Connection.ExecuteAsync(session.Command(FillSql, new
        {
            organization,
            projects = settings.ProjectIds().ToArray(),
            platform = DemoOrganization.Channel.Platform,
            workspace = DemoOrganization.Channel.Workspace,
            channel = DemoOrganization.Channel.Channel,
            targets = new[] { DemoOrganization.Channel.ToTarget() },
            seed = settings.Seed,
            settings = JsonSerializer.Serialize(story, SreJson.Options),
            writtenTo = settings.WindowUpTo(now).From.UtcDateTime,
            now = now.UtcDateTime,
            lastTick = now.AddHours(-1).Floor(TimeSpan.FromMinutes(1)).UtcDateTime,
        }, cancel));
        await session.CommitAsync(cancel);
    }
}
