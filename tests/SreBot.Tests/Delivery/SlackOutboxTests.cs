using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;
using SreBot.Adapters.Tests.Slack;
using SreBot.Delivery;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Delivery;

/// <summary>The real outbox and the real poster on a Slack that limits, fails and loses its answers.</summary>
public sealed class SlackOutboxTests(PostgresFixture postgres)
{
    private const int Incidents = 3;
    private const int Changes = 6;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_slack_does_each_incident_has_one_message_and_each_change_one_reply_in_order(int seed)
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);
        var house = await OutboxHouse.NewAsync(postgres);
        var random = new Random(seed);
        foreach (var method in new[] { "chat.postMessage", "chat.update" })
        {
            slack.Break(method, [.. Enumerable.Range(0, 20).Select(_ => Fault(random.Next(6)))]);
        }

        for (var sequence = 1; sequence <= Changes; sequence++)
        {
            for (var incident = 1; incident <= Incidents; incident++)
            {
                await house.TellAsync(OutboxHouse.Target, $"at {sequence}", sequence, subject: $"incident:{incident}", message: Message(incident, sequence));
            }

            await DispatchAsync(house, host, slack);
        }

        for (var i = 0; i < 100 && (await house.RowsAsync()).Any(row => row.EndsWith("waiting", StringComparison.Ordinal)); i++)
        {
            house.Time.Advance(TimeSpan.FromMinutes(6));
            await DispatchAsync(house, host, slack);
        }

        Assert.All(await house.RowsAsync(), row => Assert.DoesNotMatch("(waiting|dead)$", row));
        var heads = slack.Posts.Where(post => post.Thread is null).ToList();
        Assert.Equal(Enumerable.Range(1, Incidents).Select(incident => $"INC-{incident} at {Changes}"), heads.Select(post => post.Text).Order());
        foreach (var head in heads)
        {
            var thread = slack.Posts.Where(post => post.Thread == head.Ts).ToList();
            Assert.Equal(Enumerable.Range(2, Changes - 1).Select(sequence => $"It is at {sequence}."), thread.Select(post => post.Text).Where(text => text.StartsWith("It is", StringComparison.Ordinal)));
            Assert.Equal(Message(1, Changes).Blocks.Count, SplitAnswer.Texts([head.Blocks!.Value, .. thread.Where(post => post.Text.StartsWith("INC", StringComparison.Ordinal)).Select(post => post.Blocks!.Value)])
                .Count(text => text.StartsWith($"line {Changes} ", StringComparison.Ordinal)));
        }
    }

    private static ChatReply Message(int incident, int sequence) =>
        new() { Summary = $"INC-{incident} at {sequence}", Blocks = [.. Enumerable.Range(0, 60).Select(line => new ReplySection { Paragraphs = [$"line {sequence} {line}"] })] };

    private static Fault Fault(int kind) => kind switch
    {
        0 => new Fault.Rate(1),
        1 => new Fault.Status(503),
        2 => new Fault.Status(502, AfterTheWork: true),
        3 => new Fault.Error("internal_error"),
        _ => new Fault.None(),
    };

    private static async Task DispatchAsync(OutboxHouse house, SlackHost host, StrictSlack slack)
    {
        var dispatcher = new OutboxDispatcher(new OutboxQueue(house.Postgres), [new NotifyHandler(house.Postgres, new PostedMessages(house.Postgres), [host.Poster])], Options.Create(house.Options), house.Time,
            NullLogger<OutboxDispatcher>.Instance);
        slack.Second = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(); // as PostgreSQL, which says since when to look
        while (await dispatcher.DispatchAsync(Cancel) > 0)
        {
        }
    }
}
