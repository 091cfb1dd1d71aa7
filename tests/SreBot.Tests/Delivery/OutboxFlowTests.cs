using System.Text.Json;
using SreBot.Delivery.Http;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Scenario;

namespace SreBot.Tests.Delivery;

/// <summary>Receivers that are busy, broken, slow or gone: nothing is lost, nothing comes out of order, and none holds up another.</summary>
public sealed class OutboxFlowTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_a_receiver_does_every_row_gets_there_in_order_and_a_repeat_has_the_same_key(int seed)
    {
        await using var receiver = await LocalReceiver.StartAsync();
        var house = await HouseAsync(("a", receiver));
        var random = new Random(seed);
        for (var i = 0; i < 40; i++)
        {
            Fault(receiver, random.Next(6));
        }

        for (var sequence = 1; sequence <= 10; sequence++)
        {
            foreach (var incident in new[] { 1, 2, 3 })
            {
                await house.TellAsync("webhook:a", sequence == 1 ? "opened" : "changed", sequence, subject: $"incident:{incident}");
            }
        }

        for (var i = 0; i < 200 && (await house.RowsAsync()).Any(row => row.EndsWith("waiting", StringComparison.Ordinal)); i++)
        {
            await PassAsync(house, receiver);
            house.Time.Advance(TimeSpan.FromMinutes(6));
        }

        Assert.All(await house.RowsAsync(), row => Assert.EndsWith("done", row, StringComparison.Ordinal));
        foreach (var incident in receiver.Requests.GroupBy(request => Data(request).GetProperty("key").GetString()))
        {
            var sequences = incident.Select(request => Data(request).GetProperty("sequence").GetInt32()).ToList();
            Assert.Equal(sequences.Order(), sequences);
            Assert.Equal(Enumerable.Range(1, 10), sequences.Distinct());
            Assert.Equal(10, incident.Select(request => request.Header("webhook-id")).Distinct().Count());
            Assert.All(incident.GroupBy(request => request.Header("webhook-id")), same => Assert.Single(same.Select(request => request.Body).Distinct()));
        }
    }

    [Fact]
    public async Task A_receiver_that_is_gone_is_named_and_tried_again()
    {
        var house = await HouseAsync();
        await house.ReceiverAsync("webhook refused http://127.0.0.1:1/");
        await house.ReceiverAsync("webhook unknown http://nobody.invalid/");
        await using var plain = await LocalReceiver.StartAsync();
        await house.ReceiverAsync($"webhook notls https://127.0.0.1:{plain.Port}/");
        foreach (var name in new[] { "refused", "unknown", "notls" })
        {
            await house.TellAsync($"webhook:{name}", "opened", 1);
        }

        await house.DeliverAsync();

        Assert.Equal(
            [
                "waiting webhook:refused cannot be reached (nothing answers there).",
                "waiting webhook:unknown cannot be reached (its name is not known).",
                "waiting webhook:notls cannot be reached (its certificate is not trusted, or it speaks no TLS).",
            ],
            await house.QueryAsync<string>("SELECT status || ' ' || last_error FROM outbox ORDER BY id"));
    }

    [Fact]
    public async Task One_receiver_that_hangs_holds_up_no_other()
    {
        await using var hung = await LocalReceiver.StartAsync();
        await using var well = await LocalReceiver.StartAsync();
        var house = await HouseAsync(("hung", hung), ("well", well));
        for (var i = 0; i < 50; i++)
        {
            hung.NextHangs();
            await house.TellAsync("webhook:hung", "opened", 1, subject: $"incident:{i}");
        }

        for (var i = 0; i < 50; i++)
        {
            await house.TellAsync("webhook:well", "opened", 1, subject: $"incident:{i}");
        }

        var dispatcher = house.Dispatcher();
        List<Task> working = [];
        await Waiting.UntilAsync("all that the other receiver gets", async () =>
        {
            working.AddRange(await dispatcher.StartAsync(Cancel));
            return well.Requests.Count == 50;
        });

        Assert.Equal(house.Options.PerTarget, hung.Requests.Count);
        house.Time.Advance(TimeSpan.FromSeconds(10));
        await Task.WhenAll(working);
        Assert.Equal(["done 50", "waiting 50"], await house.QueryAsync<string>("SELECT status || ' ' || count(*) FROM outbox GROUP BY status ORDER BY 1"));
        Assert.Equal(["webhook:hung did not answer within 10 seconds; it may have got the message all the same."], await house.QueryAsync<string>("SELECT DISTINCT last_error FROM outbox WHERE last_error IS NOT NULL"));
    }

    [Fact]
    public async Task A_receiver_that_asks_for_patience_is_asked_once_for_all_that_waits()
    {
        await using var receiver = await LocalReceiver.StartAsync();
        var house = await HouseAsync(("a", receiver));
        house.Options.PerTarget = 1;
        receiver.Next(429, "", ("retry-after", "60"));
        for (var i = 0; i < 20; i++)
        {
            await house.TellAsync("webhook:a", "opened", 1, subject: $"incident:{i}");
        }

        var dispatcher = house.Dispatcher();
        while (await dispatcher.DispatchAsync(Cancel) > 0)
        {
        }

        Assert.Single(receiver.Requests);
        house.Time.Advance(TimeSpan.FromSeconds(60));
        while (await dispatcher.DispatchAsync(Cancel) > 0)
        {
        }

        Assert.Equal(21, receiver.Requests.Count);
    }

    private static void Fault(LocalReceiver receiver, int kind)
    {
        switch (kind)
        {
            case 0:
                receiver.Next(429, "", ("retry-after", "5"));
                break;
            case 1:
                receiver.Next(500);
                break;
            case 2:
                receiver.NextDrops();
                break;
            case 3:
                receiver.NextHangs();
                break;
            default:
                receiver.Next(200);
                break;
        }
    }

    /// <summary>A pass over all that is due; a receiver that hangs makes it time out.</summary>
    private static async Task PassAsync(OutboxHouse house, LocalReceiver receiver)
    {
        var pass = house.Dispatcher().DispatchAsync(Cancel);
        var seen = -1;
        await Waiting.UntilAsync("the end of a pass", () =>
        {
            if (!pass.IsCompleted && seen == receiver.Requests.Count)
            {
                house.Time.Advance(TimeSpan.FromSeconds(10));
            }

            seen = receiver.Requests.Count;
            return Task.FromResult(pass.IsCompleted);
        });
        await pass;
    }

    private async Task<OutboxHouse> HouseAsync(params (string Name, LocalReceiver Receiver)[] receivers)
    {
        var house = await OutboxHouse.NewAsync(postgres);
        house.Notifiers.Add(new WebhookNotifier(house.Door, OutboxHouse.Links, house.Time));
        foreach (var (name, receiver) in receivers)
        {
            await house.ReceiverAsync($"webhook {name} {receiver.Address}");
        }

        return house;
    }

    private static JsonElement Data(ArrivedRequest request) => JsonDocument.Parse(request.Body).RootElement.GetProperty("data");
}
