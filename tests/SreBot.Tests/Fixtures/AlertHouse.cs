using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using SreBot.Access;
using SreBot.Alerts;
using SreBot.Alerts.Evaluation;
using SreBot.Alerts.Rules;
using SreBot.Delivery;
using SreBot.Incidents;
using SreBot.Model;
using SreBot.Postgres;
using SreBot.Telemetry;
using SreBot.Tests.Telemetry;

namespace SreBot.Tests.Fixtures;

/// <summary>Alerts, incidents and delivery on the real engines, for one organization with Project_1, Project_2 and Project_3, all linked to slack:T01/C02.
/// The clock starts at <see cref="Requests.Start"/>.</summary>
internal sealed class AlertHouse : IDisposable
{
    public const string Target = "slack:T01/C02";

    private int batches;

    private AlertHouse(PostgresDatabase postgres, ITelemetryStore telemetry, string database, long organization)
    {
        (Postgres, Telemetry, Database, Organization) = (postgres, telemetry, database, organization);
        Alerts = new AlertStore(postgres, time: Time);
        Incidents = new IncidentStore(postgres);
        Changes = new IncidentChanges(postgres, Incidents, Signal, Time);
        Confirmations = new ConfirmationStore(postgres, Time);
        Evaluator = NewEvaluator(telemetry);
    }

    public PostgresDatabase Postgres { get; }

    /// <summary>How the role that serves enters PostgreSQL, and how its owner does.</summary>
    public string Serving { get; private init; } = "";

    public string Owner { get; private init; } = "";

    public ITelemetryStore Telemetry { get; }

    public string Database { get; }

    public long Organization { get; }

    public ManualTime Time { get; } = new(Requests.Start);

    public OutboxSignal Signal { get; } = new();

    public AlertMeters Meters { get; } = new();

    public RecordingPoster Poster { get; } = new();

    public AlertStore Alerts { get; }

    public AlertEvaluator Evaluator { get; }

    public IncidentStore Incidents { get; }

    public IncidentChanges Changes { get; }

    public ConfirmationStore Confirmations { get; }

    public AccessScope Scope => new() { OrganizationId = Organization, TelemetryDatabase = Database, Role = Role.Sre, Projects = ["Project_1", "Project_2", "Project_3"] };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<AlertHouse> NewAsync(PostgresFixture postgres, TelemetryFixture telemetry)
    {
        var (serving, owner) = await postgres.NewConnectionStringsAsync();
        var database = new PostgresDatabase(postgres.Source(serving));
        var name = await telemetry.NewDatabaseAsync();
        long organization;
        await using (var gateway = await database.BeginGatewayAsync(Cancel))
        {
            organization = await gateway.Connection.ExecuteScalarAsync<long>(gateway.Command(
                "INSERT INTO organization (slug, name, telemetry_database) VALUES ('acme', 'Acme', @name) RETURNING id", new { name }, Cancel));
            await gateway.CommitAsync(Cancel);
        }

        var house = new AlertHouse(database, telemetry.Store, name, organization) { Serving = serving, Owner = owner };
        await house.ExecuteAsync("""
            INSERT INTO project (organization_id, id) SELECT @organization, unnest(ARRAY['Project_1', 'Project_2', 'Project_3']);
            INSERT INTO channel_link (organization_id, platform, workspace, channel, project_id, linked_by)
            SELECT @organization, 'slack', 'T01', 'C02', unnest(ARRAY['Project_1', 'Project_2', 'Project_3']), 'test';
            """, new { organization });
        return house;
    }

    /// <summary>An evaluator of its own, as after a restart or in another replica.</summary>
    /// <param name="postgres">Null: the house's own road to PostgreSQL.</param>
    public AlertEvaluator NewEvaluator(ITelemetryStore telemetry, PostgresDatabase? postgres = null, AlertOptions? options = null) =>
        new(new AlertShardStore(postgres ?? Postgres), new AlertBookStore(postgres ?? Postgres, NullLogger<AlertBookStore>.Instance), new AlertIngest(telemetry),
            new AlertReader(telemetry, NullLogger<AlertReader>.Instance), new AlertTickStore(postgres ?? Postgres), Signal, Meters,
            Microsoft.Extensions.Options.Options.Create(options ?? new AlertOptions()), Time, NullLogger<AlertEvaluator>.Instance);

    /// <summary>Who evaluated so far is heard of no more, as after a kill and some seconds.</summary>
    public Task ForgetReplicasAsync() => ExecuteAsync("UPDATE alert_shard SET lease_until = now() - interval '1 second'; UPDATE alert_replica SET seen_at = now() - interval '1 minute'");

    /// <summary>That one is heard of no more; the rows that it is changing right now are left alone.</summary>
    public Task ForgetOthersAsync(string holder) => ExecuteAsync("""
        UPDATE alert_shard SET lease_until = now() - interval '1 second'
        WHERE shard IN (SELECT shard FROM alert_shard WHERE holder = @holder FOR UPDATE SKIP LOCKED);
        UPDATE alert_replica SET seen_at = now() - interval '1 minute' WHERE holder = @holder;
        """, new { holder });

    /// <summary>How many shards each replica holds.</summary>
    public async Task<IReadOnlyList<long>> QueryHoldersAsync()
    {
        await using var session = await Postgres.BeginEvaluatorAsync(Cancel);
        return [.. await session.Connection.QueryAsync<long>(session.Command("SELECT count(*) FROM alert_shard WHERE holder IS NOT NULL GROUP BY holder", null, Cancel))];
    }

    public Caller Caller(string name = "Ana", Role role = Role.Sre, Guid? id = null)
    {
        var scope = Scope with { Role = role };
        return new Caller(new Principal(id ?? new Guid(name.Length, 0, 0, new byte[8]), name, "acme", scope), scope, Adapters.Chat.ChatAddress.Parse(Target), null);
    }

    /// <summary>A rule by its command.</summary>
    public Task<AlertRule> RuleAsync(string command)
    {
        var create = (AlertCommand.Create)AlertGrammar.Parse(command, new AlertDefaults(Scope.Projects, [], Target));
        return Alerts.CreateAsync(Scope, create.Rule, "test", Time.GetUtcNow(), Cancel);
    }

    /// <summary>A request every 10 seconds on that server from one minute (of the clock's start) up to another.</summary>
    public Task RequestsAsync(double fromMinute, double toMinute, double latency, string server = "Server_1", string project = "Project_1", int status = 200, string platform = "web") =>
        Telemetry.InsertAsync(Database, TelemetryTable.Request,
            [.. Enumerable.Range(0, (int)((toMinute - fromMinute) * 6)).Select(i => Requests.Row($"{server}-{project}-{fromMinute}-{i}-{status}-{platform}",
                Requests.Start.AddMinutes(fromMinute).AddSeconds(i * 10), project, latency, status, platform, server))],
            $"batch-{++batches}", Cancel);

    /// <summary>Moves the clock minute by minute, 10 seconds past each, evaluating and delivering at each.</summary>
    public async Task RunAsync(int toMinute)
    {
        while (Time.GetUtcNow() < Requests.Start.AddMinutes(toMinute))
        {
            var next = Requests.Start.AddMinutes(Math.Floor((Time.GetUtcNow() - Requests.Start).TotalMinutes) + 1).AddSeconds(10);
            Time.Advance(next - Time.GetUtcNow());
            await Evaluator.EvaluateAsync(Time.GetUtcNow(), Cancel);
            await DeliverAsync();
        }
    }

    /// <summary>Dispatches until nothing is due.</summary>
    public async Task DeliverAsync()
    {
        var dispatcher = new OutboxDispatcher(new OutboxQueue(Postgres),
            [new NotifyHandler(Postgres, new PostedMessages(Postgres), [Poster]), new EpisodesHandler(Postgres, new EpisodeLookup(Postgres)), new IncidentHandler(Postgres, new EpisodeLookup(Postgres), Time),
                new StormHandler(Postgres, Time), new EscalateHandler(Postgres, Time), new WakeHandler(Postgres, Time)],
            Microsoft.Extensions.Options.Options.Create(new DeliveryOptions()), Time, NullLogger<OutboxDispatcher>.Instance);
        while (await dispatcher.DispatchAsync(Cancel) > 0)
        {
        }
    }

    /// <summary>Each transition as <c>minute group from to</c>, oldest first.</summary>
    public Task<IReadOnlyList<string>> TransitionsAsync() => QueryAsync<string>("""
        SELECT extract(epoch FROM tick - @start)::int / 60 || CASE WHEN group_key = '' THEN '' ELSE ' ' || group_key END || ' ' || from_phase || ' ' || to_phase
        FROM alert_transition
        ORDER BY tick, group_key
        """, new { start = Requests.Start.UtcDateTime });

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var session = await Postgres.BeginAsync(Organization, Cancel);
        return [.. await session.Connection.QueryAsync<T>(session.Command(sql, parameters, Cancel))];
    }

    /// <summary>The last tick that was committed; null before the first.</summary>
    public async Task<DateTimeOffset?> LastTickAsync()
    {
        await using var session = await Postgres.BeginEvaluatorAsync(Cancel);
        var tick = await session.Connection.QuerySingleAsync<DateTime?>(session.Command("SELECT max(last_tick) FROM alert_shard", null, Cancel));
        return tick is { } time ? new DateTimeOffset(time) : null;
    }

    /// <summary>As the organization itself, for tables that the evaluator only reads.</summary>
    public async Task TenantAsync(string sql, object? parameters = null)
    {
        await using var session = await Postgres.BeginAsync(Organization, Cancel);
        await session.Connection.ExecuteAsync(session.Command(sql, parameters, Cancel));
        await session.CommitAsync(Cancel);
    }

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var session = await Postgres.BeginEvaluatorAsync(Cancel);
        await session.Connection.ExecuteAsync(session.Command(sql, parameters, Cancel));
        await session.CommitAsync(Cancel);
    }

    public void Dispose()
    {
        Meters.Dispose();
        Signal.Dispose();
    }
}
