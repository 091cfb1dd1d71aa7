using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;
using SreBot.Delivery;
using SreBot.Delivery.Http;
using SreBot.Delivery.Receivers;
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

    /// <summary>The roads that are not a chat; none unless a test adds them.</summary>
    public List<INotifier> Notifiers { get; } = [];

    public WebhookOptions Webhooks { get; } = new() { AllowPrivate = true, AllowPlain = true };

    public ReceiverSecrets Secrets { get; } = new(new EphemeralDataProtectionProvider());

    public OutboxSignal Signal { get; } = new();

    public OutsideDoor Door => new(Microsoft.Extensions.Options.Options.Create(Webhooks), System.Net.Dns.GetHostAddressesAsync);

    public static PublicAddress Links { get; } = new(() => new Uri("https://srebot.example"));

    public ReceiverStore Receivers => new(Postgres, Secrets, Door, Signal, Time);

    /// <summary>An admin of the organization.</summary>
    public Principal Admin => new(Guid.NewGuid(), "Ana", "acme", new AccessScope
    {
        OrganizationId = Organization, TelemetryDatabase = "sre", Role = Role.Admin, Projects = ["Project_1", "Project_2", "Project_3"], SeesAllProjects = true,
    });

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
        new(new OutboxQueue(Postgres), [new NotifyHandler(Postgres, new PostedMessages(Postgres), [Poster], new ReceiverRoads(Postgres, Secrets, Notifiers)), .. handlers], Microsoft.Extensions.Options.Options.Create(Options), Time,
            NullLogger<OutboxDispatcher>.Instance);

    /// <summary>Dispatches until nothing is due.</summary>
    public async Task DeliverAsync(params IOutboxHandler[] handlers)
    {
        var dispatcher = Dispatcher(handlers);
        while (await dispatcher.DispatchAsync(Cancel) > 0)
        {
        }
    }

    /// <summary>Adds a receiver as an admin does, such as <c>webhook ops http://127.0.0.1:1234/hook</c>.</summary>
    public Task<AddedReceiver> ReceiverAsync(string text) => Receivers.AddAsync(Admin, ReceiverGrammar.Draft(text), Cancel);

    /// <summary>Tells a target of an event of INC-42.</summary>
    public Task TellAsync(string target, string happened, long sequence, string title = "error rate 7 % > 5 % in Project_1", string subject = "incident:42", ChatReply? message = null) =>
        AddAsync(subject, sequence, NotifyPayload.Handler, new NotifyPayload(message ?? ChatReply.Of(title), sequence == 1 ? null : ChatReply.Of($"It is {happened}."), ["Project_1"])
        {
            Facts = new()
            {
                Event = happened, Key = $"INC-{subject.Split(':')[1]}", Title = title, Severity = "critical", Status = happened is "resolved" or "kept" ? "resolved" : "open", Projects = ["Project_1"],
                Server = "Server_9", At = Time.GetUtcNow(), StartedAt = Start, Page = "/incidents/INC-42", RunbookUrl = "https://wiki.example/runbook",
            },
        }, target);

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

    /// <summary>As the organization itself.</summary>
    public async Task ChangeAsync(string sql, object? parameters = null)
    {
        await using var session = await Postgres.BeginAsync(Organization, Cancel);
        await session.Connection.ExecuteAsync(session.Command(sql, parameters, Cancel));
        await session.CommitAsync(Cancel);
    }
}
