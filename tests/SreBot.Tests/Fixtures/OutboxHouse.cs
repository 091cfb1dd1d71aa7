using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SreBot.Delivery;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Tests.Fixtures;

/// <summary>A real outbox of one organization whose channel slack:T01/C02 is linked to Project_1 and Project_2.</summary>
internal sealed class OutboxHouse
{
    public const string Target = "slack:T01/C02";

    private const string RowsSql = "SELECT subject || ' ' || sequence || ' ' || status FROM outbox ORDER BY id";

    private OutboxHouse(PostgresDatabase postgres, long organization, ManualTime time)
    {
        Postgres = postgres;
        Organization = organization;
        Time = time;
    }

    public static DateTimeOffset Start { get; } = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    public PostgresDatabase Postgres { get; }

    public long Organization { get; }

    public ManualTime Time { get; }

    public RecordingPoster Poster { get; } = new();

    public DeliveryOptions Options { get; } = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<OutboxHouse> NewAsync(PostgresFixture fixture)
    {
        var postgres = await fixture.NewDatabaseAsync();
        var organization = await PostgresFixture.NewOrganizationAsync(postgres, "acme", "Project_1", "Project_2", "Project_3");
        var house = new OutboxHouse(postgres, organization, new ManualTime(Start));
        await house.ExecuteAsync("""
            INSERT INTO channel_link (organization_id, platform, workspace, channel, project_id, linked_by)
            SELECT @organization, 'slack', 'T01', 'C02', unnest(ARRAY['Project_1', 'Project_2']), 'test'
            """, new { organization });
        return house;
    }

    public OutboxDispatcher Dispatcher(params IOutboxHandler[] handlers) =>
        new(new OutboxQueue(Postgres), [new NotifyHandler(Postgres, new PostedMessages(Postgres), [Poster]), .. handlers], Microsoft.Extensions.Options.Options.Create(Options), Time,
            NullLogger<OutboxDispatcher>.Instance);

    /// <summary>Dispatches until nothing is due.</summary>
    public async Task DeliverAsync(params IOutboxHandler[] handlers)
    {
        var dispatcher = Dispatcher(handlers);
        while (await dispatcher.DispatchAsync(Cancel) > 0)
        {
        }
    }

    public async Task AddAsync(string subject, long sequence, string handler, object payload, string target = Target)
    {
        await using var session = await Postgres.BeginAsync(Organization, Cancel);
        await Outbox.AddAsync(session, Organization, subject, sequence, handler, target, payload, Time.GetUtcNow(), Cancel);
        await session.CommitAsync(Cancel);
    }

    /// <summary>Each row as <c>subject sequence status</c>, oldest first.</summary>
    public Task<IReadOnlyList<string>> RowsAsync() => QueryAsync<string>(RowsSql);

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var session = await Postgres.BeginAsync(Organization, Cancel);
        return [.. await session.Connection.QueryAsync<T>(session.Command(sql, parameters, Cancel))];
    }

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var session = await Postgres.BeginEvaluatorAsync(Cancel);
        await session.Connection.ExecuteAsync(session.Command(sql, parameters, Cancel));
        await session.CommitAsync(Cancel);
    }
}
