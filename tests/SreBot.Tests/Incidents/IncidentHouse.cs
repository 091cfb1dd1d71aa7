using System.Text.Json;
using SreBot.Access;
using SreBot.Adapters.Chat;
using SreBot.Delivery;
using SreBot.Incidents;
using SreBot.Model;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Incidents;

/// <summary>Incidents and delivery on a real PostgreSQL, for episodes that a test says; slack:T01/C02 is linked to Project_1 and Project_2.</summary>
internal sealed class IncidentHouse : IDisposable
{
    private readonly OutboxSignal signal = new();

    private IncidentHouse(OutboxHouse outbox)
    {
        Outbox = outbox;
        Incidents = new IncidentStore(outbox.Postgres);
        Changes = new IncidentChanges(outbox.Postgres, Incidents, signal, outbox.Time);
        Confirmations = new ConfirmationStore(outbox.Postgres, outbox.Time);
    }

    public OutboxHouse Outbox { get; }

    public KnownEpisodes Episodes { get; } = new();

    public IncidentStore Incidents { get; }

    public IncidentChanges Changes { get; }

    public ConfirmationStore Confirmations { get; }

    public OutboxSignal Signal => signal;

    public RecordingPoster Poster => Outbox.Poster;

    public DateTimeOffset Now => Outbox.Time.GetUtcNow();

    public AccessScope Scope => new() { OrganizationId = Outbox.Organization, TelemetryDatabase = "sre", Role = Role.Sre, Projects = ["Project_1", "Project_2", "Project_3"] };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<IncidentHouse> NewAsync(PostgresFixture postgres) => new(await OutboxHouse.NewAsync(postgres));

    public Caller Caller(string name = "Ana", AccessScope? scope = null) =>
        new(new Principal(new Guid(name.Length, 0, 0, new byte[8]), name, "acme", scope ?? Scope), scope ?? Scope, ChatAddress.Parse(OutboxHouse.Target), null);

    public IReadOnlyList<IOutboxHandler> Handlers =>
    [
        new EpisodesHandler(Outbox.Postgres, Episodes), new IncidentHandler(Outbox.Postgres, Episodes, Outbox.Time), new StormHandler(Outbox.Postgres, Outbox.Time),
        new EscalateHandler(Outbox.Postgres, Outbox.Time), new WakeHandler(Outbox.Postgres, Outbox.Time),
    ];

    /// <summary>Announces the episodes of this minute, and delivers.</summary>
    public async Task TickAsync()
    {
        await Outbox.AddAsync($"tick:{Now.ToUnixTimeSeconds()}", 1, EpisodesPayload.Handler, new EpisodesPayload(Now), "self");
        await DeliverAsync();
    }

    /// <summary>Dispatches until nothing is due.</summary>
    public Task DeliverAsync() => Outbox.DeliverAsync([.. Handlers]);

    public async Task AdvanceAsync(TimeSpan time)
    {
        Outbox.Time.Advance(time);
        await DeliverAsync();
    }

    public Task TellAsync(EpisodeFacts episode, IncidentChange change) => Outbox.AddAsync($"episode:{episode.EpisodeId}", Now.ToUnixTimeSeconds(), IncidentPayload.Handler,
        new IncidentPayload { Change = change, AlertId = episode.AlertId!.Value, EpisodeId = episode.EpisodeId, At = Now }, "self");

    /// <summary>The episodes end now.</summary>
    public async Task EndAsync(params IEnumerable<EpisodeFacts> episodes)
    {
        foreach (var episode in episodes)
        {
            await TellAsync(episode, IncidentChange.Resolved);
        }

        await DeliverAsync();
    }

    /// <summary>What was handed over for a target, oldest first.</summary>
    public async Task<IReadOnlyList<NotifyPayload>> ToldAsync(string target = OutboxHouse.Target) =>
        [.. (await Outbox.QueryAsync<string>("SELECT payload::text FROM outbox WHERE handler = 'notify' AND target = @target ORDER BY id", new { target }))
            .Select(payload => JsonSerializer.Deserialize<NotifyPayload>(payload, SreJson.Options)!)];

    public async Task<IReadOnlyList<string>> EventsAsync(string target = OutboxHouse.Target) => [.. (await ToldAsync(target)).Select(payload => payload.Facts!.Event)];

    public Task<IReadOnlyList<Incident>> AllAsync() => Incidents.RecentAsync(Scope, 500, Cancel);

    public async Task<Incident> OneAsync() => Assert.Single(await AllAsync());

    public void Dispose() => signal.Dispose();
}
