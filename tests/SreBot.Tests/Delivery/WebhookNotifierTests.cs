using System.Text.Json;
using SreBot.Delivery.Http;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Delivery;

public sealed class WebhookNotifierTests(PostgresFixture postgres)
{
    private const string Target = "webhook:ops";
    private static readonly NodePeer Node = new("standardwebhooks");

    [Fact]
    public async Task Each_event_arrives_once_in_order_and_signed_as_the_standard_says()
    {
        await using var receiver = await LocalReceiver.StartAsync();
        var (house, secret) = await HouseAsync(receiver);
        house.Time.Advance(TimeProvider.System.GetUtcNow() - house.Time.GetUtcNow()); // the library refuses a signature of another day
        string[] events = ["opened", "diagnosed", "acknowledged", "snoozed", "repeated", "escalated", "changed", "resolved", "kept"];
        for (var i = 0; i < events.Length; i++)
        {
            await house.TellAsync(Target, events[i], i + 1);
        }

        await house.DeliverAsync();

        Assert.Equal(events, receiver.Requests.Select(request => Data(request).GetProperty("event").GetString()));
        Assert.Equal(Enumerable.Range(1, events.Length), receiver.Requests.Select(request => Data(request).GetProperty("sequence").GetInt32()));
        Assert.Equal(events.Length, receiver.Requests.Select(request => request.Header("webhook-id")).Distinct().Count());
        foreach (var request in receiver.Requests.Where((_, i) => i is 0 or 7))
        {
            var type = await Node.RunAsync("verify.mjs", secret, request.Header("webhook-id"), request.Header("webhook-timestamp"), request.Header("webhook-signature"), request.Body);
            Assert.Equal($"incident.{Data(request).GetProperty("event").GetString()}", Assert.Single(type));
        }
    }

    [Fact]
    public async Task The_body_holds_the_facts_with_whole_addresses()
    {
        await using var receiver = await LocalReceiver.StartAsync();
        var (house, _) = await HouseAsync(receiver);
        await house.TellAsync(Target, "opened", 1, "größer \"als\" </script> \u202E 5");

        await house.DeliverAsync();

        var request = Assert.Single(receiver.Requests);
        Assert.Equal(("POST", "/hook", "application/json; charset=utf-8"), (request.Method, request.Path, request.Header("content-type")));
        var data = Data(request);
        Assert.Equal("größer \"als\" </script> \u202E 5", data.GetProperty("title").GetString());
        Assert.Equal("https://srebot.example/incidents/INC-42", data.GetProperty("page").GetString());
        Assert.Equal(["at", "event", "kept", "key", "page", "projects", "runbookUrl", "sequence", "server", "severity", "startedAt", "status", "title"],
            data.EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(400, "bad field", "dead", "webhook:ops answered 400: bad field")]
    [InlineData(401, """{"error":"revoked"}""", "dead", "webhook:ops answered 401: revoked")]
    [InlineData(404, "", "dead", "webhook:ops answered 404.")]
    [InlineData(410, "gone", "dead", "webhook:ops says that it is gone (410); an admin removes it with: receiver remove webhook:ops")]
    [InlineData(413, "", "dead", "webhook:ops answered 413.")]
    [InlineData(302, "", "dead", "webhook:ops sends on to another address (302), which is not followed.")]
    [InlineData(408, "", "waiting", "webhook:ops answered 408.")]
    [InlineData(429, "", "waiting", "webhook:ops answered 429.")]
    [InlineData(500, "<html>\n\u001b[31mOops", "waiting", "webhook:ops answered 500: <html> ␛[31mOops")]
    public async Task What_a_receiver_answers_decides_what_becomes_of_the_row(int status, string body, string state, string why)
    {
        await using var receiver = await LocalReceiver.StartAsync();
        var (house, _) = await HouseAsync(receiver);
        receiver.Next(status, body, ("location", "http://127.0.0.1:1/"));
        await house.TellAsync(Target, "opened", 1);

        await house.DeliverAsync();

        Assert.Equal([$"incident:42 1 {state}"], await house.RowsAsync());
        Assert.Equal([why], await house.QueryAsync<string>("SELECT last_error FROM outbox"));
        Assert.Single(receiver.Requests);
    }

    [Fact]
    public async Task An_endless_answer_is_not_read_to_its_end()
    {
        await using var receiver = await LocalReceiver.StartAsync();
        var (house, _) = await HouseAsync(receiver);
        receiver.Next(400, new string('x', 5_000_000));
        await house.TellAsync(Target, "opened", 1);

        await house.DeliverAsync();

        Assert.Equal($"webhook:ops answered 400: {new string('x', 200)}…", Assert.Single(await house.QueryAsync<string>("SELECT last_error FROM outbox WHERE status = 'dead'")));
    }

    [Fact]
    public async Task A_receiver_that_became_private_is_not_reached()
    {
        await using var receiver = await LocalReceiver.StartAsync();
        var (house, _) = await HouseAsync(receiver, "localhost");
        house.Webhooks.AllowPrivate = false;
        await house.TellAsync(Target, "opened", 1);

        await house.DeliverAsync();

        Assert.Empty(receiver.Requests);
        Assert.Equal(["localhost is not on the public internet; Webhooks:AllowPrivate allows such receivers."],
            await house.QueryAsync<string>("SELECT last_error FROM outbox WHERE status = 'dead'"));
    }

    [Fact]
    public async Task A_secret_that_was_sealed_with_lost_keys_is_said()
    {
        await using var receiver = await LocalReceiver.StartAsync();
        var (house, _) = await HouseAsync(receiver);
        await house.ChangeAsync("UPDATE receiver SET secret = 'CfDJ8nonsense'");
        await house.TellAsync(Target, "opened", 1);
        await house.DeliverAsync();

        Assert.Empty(receiver.Requests);
        Assert.Contains("was kept with other keys", Assert.Single(await house.QueryAsync<string>("SELECT last_error FROM outbox WHERE status = 'dead'")), StringComparison.Ordinal);
    }

    private async Task<(OutboxHouse House, string Secret)> HouseAsync(LocalReceiver receiver, string host = "127.0.0.1")
    {
        var house = await OutboxHouse.NewAsync(postgres);
        house.Notifiers.Add(new WebhookNotifier(house.Door, OutboxHouse.Links, house.Time));
        return (house, (await house.ReceiverAsync($"webhook ops http://{host}:{receiver.Port}/hook")).Secret!);
    }

    private static JsonElement Data(ArrivedRequest request) => JsonDocument.Parse(request.Body).RootElement.GetProperty("data");
}
