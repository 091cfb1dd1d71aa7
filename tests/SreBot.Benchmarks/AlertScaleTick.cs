using System.Diagnostics;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SreBot.Alerts;
using SreBot.Alerts.Evaluation;
using SreBot.Alerts.Rules;
using SreBot.Delivery;
using SreBot.Embedded;
using SreBot.Model;
using SreBot.Postgres;
using SreBot.Telemetry;

namespace SreBot.Benchmarks;

/// <summary>The whole evaluator on a PostgreSQL of its own: each call is one tick, from lease to commit.</summary>
internal sealed class AlertScaleTick : IAsyncDisposable
{
    private readonly string folder;
    private readonly EmbeddedPostgres server;
    private readonly NpgsqlDataSource source;
    private readonly ITelemetryStore telemetry;
    private readonly OutboxSignal signal = new();
    private readonly AlertMeters meters = new();
    private readonly AlertOptions options = new();
    private AlertEvaluator? evaluator;
    private DateTimeOffset last;

    private AlertScaleTick(string folder, EmbeddedPostgres server, NpgsqlDataSource source, ITelemetryStore telemetry)
    {
        (this.folder, this.server, this.source, this.telemetry) = (folder, server, source, telemetry);
    }

    public static async Task<AlertScaleTick> StartAsync(ITelemetryStore telemetry, string database)
    {
        var folder = Directory.CreateTempSubdirectory("srebot-alert-scale-").FullName;
        DataFolderRights.Open(folder, UnprivilegedUser.Find());
        var server = await EmbeddedPostgres.StartAsync(Path.Combine(folder, "postgres"), EnginePaths.Find(), TimeProvider.System, NullLogger.Instance, CancellationToken.None);
        await PostgresMigrator.MigrateAsync(server.MigrationConnectionString, CancellationToken.None);
        var tick = new AlertScaleTick(folder, server, NpgsqlDataSource.Create(server.ConnectionString), telemetry);
        await using var owner = new NpgsqlConnection(server.MigrationConnectionString);
        await owner.ExecuteAsync(OpenSql);
        await owner.ExecuteAsync("INSERT INTO organization (id, slug, name, telemetry_database) OVERRIDING SYSTEM VALUE VALUES (1, 'scale', 'Scale', @database)", new { database });
        return tick;
    }

    /// <summary>The benchmark writes as the owner, whom row-level security would stop.</summary>
    private const string OpenSql = """
        DO $$
        DECLARE name text;
        BEGIN
            FOR name IN SELECT relname FROM pg_class WHERE relforcerowsecurity LOOP
                EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', name);
            END LOOP;
        END $$
        """;

    private const string RulesSql = """
        INSERT INTO alert (organization_id, id, name, projects, metric, aggregate, filter, group_by, comparator, threshold, time_window, min_requests, created_by)
        SELECT 1, id, name, ARRAY[project], metric, aggregate, filter, ARRAY(SELECT jsonb_array_elements_text(groups)), comparator, threshold, time_window, min_requests, 'benchmark'
        FROM jsonb_to_recordset(@rows::jsonb) AS r (id uuid, name text, project text, metric text, aggregate text, filter jsonb, groups jsonb, comparator text,
            threshold double precision, time_window bigint, min_requests bigint)
        """;

    /// <summary>Puts those rules in place of all others, at rest, with nothing evaluated up to a tick.</summary>
    public async Task SetAsync(IReadOnlyList<AlertRule> rules, DateTimeOffset before)
    {
        await using var owner = new NpgsqlConnection(server.MigrationConnectionString);
        await owner.ExecuteAsync("DELETE FROM outbox; DELETE FROM alert", commandTimeout: 300);
        foreach (var block in rules.Chunk(20_000))
        {
            var rows = JsonSerializer.Serialize(block.Select(rule => new
            {
                id = rule.Id,
                name = rule.Name,
                project = rule.Projects[0],
                metric = rule.Metric,
                aggregate = rule.Aggregate,
                filter = rule.Filter,
                groups = rule.GroupBy,
                comparator = rule.Comparator.Symbol(),
                threshold = rule.Threshold,
                time_window = (long)rule.Window.TotalMilliseconds,
                min_requests = rule.MinRequests,
            }), SreJson.Options);
            await owner.ExecuteAsync(RulesSql, new { rows }, commandTimeout: 300);
        }

        await owner.ExecuteAsync("UPDATE alert_shard SET last_tick = @before, holder = NULL, lease_until = NULL; DELETE FROM alert_replica; ANALYZE", new { before = before.UtcDateTime }, commandTimeout: 300);
        evaluator = new AlertEvaluator(new AlertShardStore(Database), new AlertBookStore(Database, NullLogger<AlertBookStore>.Instance), new AlertIngest(telemetry),
            new AlertReader(telemetry, NullLogger<AlertReader>.Instance), new AlertTickStore(Database), signal, meters,
            Microsoft.Extensions.Options.Options.Create(options), TimeProvider.System, NullLogger<AlertEvaluator>.Instance);
        last = before;
    }

    /// <summary>One tick, the next minute's.</summary>
    public async Task<double> TickAsync()
    {
        last = last.AddMinutes(1);
        var start = Stopwatch.GetTimestamp();
        var pass = await evaluator!.EvaluateAsync(last + options.Lag + TimeSpan.FromSeconds(2), CancellationToken.None);
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return pass.Ticks == 1 ? took : throw new InvalidOperationException($"{pass.Ticks} ticks were evaluated instead of one.");
    }

    /// <summary>Ticks come once a minute, not one upon the other: some more of them, with pauses.</summary>
    /// <returns>The most memory that this process had after one, which is the evaluator and its ClickHouse, in MB.</returns>
    public async Task<double> RestAsync(int ticks)
    {
        var most = 0.0;
        for (var i = 0; i < ticks; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
            await TickAsync();
            most = Math.Max(most, Process.GetCurrentProcess().WorkingSet64 / 1e6);
        }

        return most;
    }

    /// <summary>How many stand triggered.</summary>
    public async Task<long> TriggeredAsync()
    {
        await using var owner = new NpgsqlConnection(server.MigrationConnectionString);
        return await owner.ExecuteScalarAsync<long>("SELECT count(*) FROM alert_state WHERE phase = 'triggered'");
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await server.DisposeAsync();
        signal.Dispose();
        meters.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private PostgresDatabase Database => new(source);
}
