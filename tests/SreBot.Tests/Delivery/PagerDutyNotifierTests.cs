using System.Text.Json;
using SreBot.Delivery.Http;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Delivery;

/// <summary>Against a local server that checks events as PagerDuty's Events API v2 describes them.</summary>
public sealed class PagerDutyNotifierTests(PostgresFixture postgres)
{
    private const string Target = "pagerduty:oncall";
    private const string Key = "R0123456789ABCDEF0123456789ABCDE";

    [Fact]
    public async Task One_incident_is_opened_acknowledged_and_resolved_under_one_key()
    {
        await using var service = await LocalReceiver.StartAsync(Wrong, good: 202);
        var house = await HouseAsync(service);
        foreach (var (happened, at) in new[] { "opened", "diagnosed", "acknowledged", "snoozed", "changed", "resolved", "kept" }.Select((happened, at) => (happened, at)))
        {
            await house.TellAsync(Target, happened, at + 1);
        }

        await house.DeliverAsync();

        Assert.Equal(["trigger", "trigger", "acknowledge", "resolve"], service.Requests.Select(request => Event(request).GetProperty("event_action").GetString()));
        Assert.Equal([$"srebot-{house.Organization}-INC-42"], service.Requests.Select(request => Event(request).GetProperty("dedup_key").GetString()).Distinct());
        Assert.All(await house.RowsAsync(), row => Assert.EndsWith("done", row, StringComparison.Ordinal));
        var first = Event(service.Requests.First());
        Assert.Equal(("critical", "Server_9"), (first.GetProperty("payload").GetProperty("severity").GetString(), first.GetProperty("payload").GetProperty("source").GetString()));
        Assert.Equal(["https://srebot.example/incidents/INC-42", "https://wiki.example/runbook"], first.GetProperty("links").EnumerateArray().Select(link => link.GetProperty("href").GetString()));
    }

    [Fact]
    public async Task A_very_long_title_is_cut_to_what_the_service_takes()
    {
        await using var service = await LocalReceiver.StartAsync(Wrong, good: 202);
        var house = await HouseAsync(service);

        await house.TellAsync(Target, "opened", 1, new string('x', 3000));
        await house.DeliverAsync();

        Assert.Equal(["incident:42 1 done"], await house.RowsAsync());
    }

    [Fact]
    public async Task An_opening_that_is_sent_again_after_its_end_opens_nothing()
    {
        await using var service = await LocalReceiver.StartAsync(Wrong, good: 202);
        var house = await HouseAsync(service);
        service.Next(400, """{"status":"invalid event","message":"Event object is invalid","errors":["Length of 'routing_key' is incorrect"]}""");
        await house.TellAsync(Target, "opened", 1);
        await house.TellAsync(Target, "resolved", 2);
        await house.DeliverAsync();
        Assert.Equal(["pagerduty:oncall answered 400: Event object is invalid: Length of 'routing_key' is incorrect"],
            await house.QueryAsync<string>("SELECT last_error FROM outbox WHERE status = 'dead'"));

        await house.ExecuteAsync("UPDATE outbox SET status = 'waiting', attempts = 0 WHERE status = 'dead'");
        await house.DeliverAsync();

        Assert.Equal(["incident:42 1 superseded", "incident:42 2 done"], await house.RowsAsync());
        Assert.Equal(2, service.Requests.Count);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_busy_service_gets_the_same_event_again(int status)
    {
        await using var service = await LocalReceiver.StartAsync(Wrong, good: 202);
        var house = await HouseAsync(service);
        service.Next(status);
        await house.TellAsync(Target, "opened", 1);
        await house.DeliverAsync();
        Assert.Equal(["incident:42 1 waiting"], await house.RowsAsync());

        house.Time.Advance(TimeSpan.FromSeconds(2));
        await house.DeliverAsync();

        Assert.Equal(["incident:42 1 done"], await house.RowsAsync());
        Assert.Single(service.Requests.Select(request => request.Body).Distinct());
    }

    private async Task<OutboxHouse> HouseAsync(LocalReceiver service)
    {
        var house = await OutboxHouse.NewAsync(postgres);
        house.Notifiers.Add(new PagerDutyNotifier(house.Door, OutboxHouse.Links, house.Time));
        await house.ReceiverAsync($"pagerduty oncall {Key} at {service.Address}v2/enqueue");
        return house;
    }

    private static JsonElement Event(ArrivedRequest request) => JsonDocument.Parse(request.Body).RootElement;

    /// <summary>From PagerDuty's description of the Events API v2.</summary>
    private static string? Wrong(ArrivedRequest request)
    {
        if (request is not { Method: "POST", Path: "/v2/enqueue" } || !request.Header("content-type").StartsWith("application/json", StringComparison.Ordinal))
            return "not an event";
        var root = Event(request);
        string[] known = ["routing_key", "event_action", "dedup_key", "payload", "links", "images", "client", "client_url"];
        if (root.EnumerateObject().FirstOrDefault(field => !known.Contains(field.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
            return $"unknown field {unknown.Name}";
        if (root.GetProperty("routing_key").GetString() is not { Length: 32 })
            return "Length of 'routing_key' is incorrect (should be 32 characters)";
        if (root.GetProperty("dedup_key").GetString() is not { Length: > 0 and <= 255 })
            return "dedup_key";
        return root.GetProperty("event_action").GetString() switch
        {
            "acknowledge" or "resolve" => null,
            "trigger" => WrongPayload(root),
            var other => $"event_action {other}",
        };
    }

    private static string? WrongPayload(JsonElement root)
    {
        var payload = root.GetProperty("payload");
        string[] known = ["summary", "source", "severity", "timestamp", "component", "group", "class", "custom_details"];
        return payload.EnumerateObject().Any(field => !known.Contains(field.Name)) ? "unknown field in payload"
            : payload.GetProperty("summary").GetString() is not { Length: > 0 and <= 1024 } ? "summary"
            : payload.GetProperty("source").GetString() is not { Length: > 0 } ? "source"
            : payload.GetProperty("severity").GetString() is not ("critical" or "error" or "warning" or "info") ? "severity"
            : !payload.GetProperty("timestamp").TryGetDateTimeOffset(out _) ? "timestamp"
            : payload.GetProperty("custom_details").ValueKind != JsonValueKind.Object ? "custom_details"
            : root.GetProperty("links").EnumerateArray().Any(link => !Uri.TryCreate(link.GetProperty("href").GetString(), UriKind.Absolute, out _)) ? "links"
            : null;
    }
}
