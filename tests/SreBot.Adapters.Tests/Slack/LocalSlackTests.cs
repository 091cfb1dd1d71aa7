using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>The whole adapter against a Slack workspace of other people's making, in both modes.</summary>
public sealed class LocalSlackTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_mention_is_answered_in_its_thread_with_a_chart_and_the_answer_is_edited_in_place(bool onSocket)
    {
        Assert.SkipUnless(LocalSlack.IsAvailable, "local-slack is built for Linux on x64.");
        var port = FreePort();
        await using var slack = await LocalSlack.StartAsync(onSocket ? null : new Uri($"http://127.0.0.1:{port}/slack/events"));
        await using var host = await SlackHost.StartAsync(slack.ApiBase, onSocket: onSocket, onHttp: !onSocket, botToken: LocalSlack.BotToken, appToken: LocalSlack.AppToken, port: port);
        while (onSocket && !await slack.IsSocketConnectedAsync())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel);

        var asked = await slack.SayAsync("C01", "<@U0BOT> why is INC-1 slow?");
        var turn = await host.Turns.Stored.Reader.ReadAsync(Cancel);
        Assert.Equal(("why is INC-1 slow?", asked, "T01TEST"), (turn.Text, turn.Address.Thread, turn.Address.Workspace));

        await host.Poster.ShowProgressAsync(turn.Address, "Reading", Cancel);
        var posted = Assert.IsType<PostOutcome.Posted>(await host.Poster.PostAsync(turn.Address, Replies.Answer, "k", Cancel));
        var thread = (await slack.MessagesAsync("C01")).Where(message => Text(message, "thread_ts") == asked).ToList();
        Assert.Equal(2, thread.Count);
        Assert.Equal((posted.MessageId, "Server_9 is slow"), (Text(thread[0], "ts"), Text(thread[0], "text")));
        var picture = Assert.Single(thread[1].GetProperty("files").EnumerateArray());
        Assert.Equal(Replies.Chart.AlternativeText, picture.GetProperty("alt_txt").GetString());
        Assert.Equal(PlainPainter.Png, await slack.DownloadAsync(picture.GetProperty("url_private").GetString()!));

        Assert.Equal(posted, await host.Poster.UpdateAsync(turn.Address, posted.MessageId, ChatReply.Of("Server_9 is well again"), Cancel));
        var edited = (await slack.MessagesAsync("C01")).Single(message => Text(message, "ts") == posted.MessageId);
        Assert.Equal("Server_9 is well again", edited.GetProperty("blocks")[0].GetProperty("text").GetProperty("text").GetString());
        Assert.Equal(2, (await slack.MessagesAsync("C01")).Count(message => Text(message, "thread_ts") == asked));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commands_clicks_and_direct_messages_arrive_and_mentions_arrive_once(bool onSocket)
    {
        Assert.SkipUnless(LocalSlack.IsAvailable, "local-slack is built for Linux on x64.");
        var port = FreePort();
        await using var slack = await LocalSlack.StartAsync(onSocket ? null : new Uri($"http://127.0.0.1:{port}/slack/events"));
        await using var host = await SlackHost.StartAsync(slack.ApiBase, onSocket: onSocket, onHttp: !onSocket, botToken: LocalSlack.BotToken, appToken: LocalSlack.AppToken, port: port);
        while (onSocket && !await slack.IsSocketConnectedAsync())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel);

        await slack.SayAsync("C01", "<@U0BOT> once");
        await slack.SayAsync("C01", "nobody is asked");
        await slack.CommandAsync("/sre-alert", "list");
        var posted = (PostOutcome.Posted)await host.Poster.PostAsync(new("slack", "T01TEST", "C01"), Replies.Answer, "k", Cancel);
        var button = (await slack.MessagesAsync("C01")).Single(message => Text(message, "ts") == posted.MessageId).GetProperty("blocks").EnumerateArray()
            .Single(block => Text(block, "type") == "actions").GetProperty("elements")[0];
        await slack.ClickAsync(posted.MessageId, button);

        Assert.Equal("once", (await host.Turns.Stored.Reader.ReadAsync(Cancel)).Text);
        var command = await host.Turns.Stored.Reader.ReadAsync(Cancel);
        Assert.Equal(("sre-alert", "list"), (command.Command, command.Text));
        Assert.Equal(new ChatAction("ack", "INC-1"), (await host.Turns.Clicked.Reader.ReadAsync(Cancel)).Action);
        JsonElement shown = default;
        while (shown.ValueKind == JsonValueKind.Undefined)
            shown = (await slack.MessagesAsync("C01")).FirstOrDefault(message => Text(message, "subtype") == "ephemeral");
        Assert.Equal(("U01", "Done: ack INC-1"), (Text(shown, "ephemeral_to"), Text(shown, "text")));
        Assert.Equal(0, host.Turns.Stored.Reader.Count);
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
