namespace SreBot.Adapters.Tests.Slack;

/// <summary>Each kind of request that Slack sends, from a sender of other people's making, while nothing that answers comes to an end.</summary>
public sealed class SlackSenderTests
{
    private static readonly string[] Kinds =
    [
        "url_verification", "app_mention", "message_im", "app_home_opened", "assistant_thread_started", "reaction_added", "member_joined_channel", "app_uninstalled", "tokens_revoked",
        "slash", "block_actions", "view_submission", "view_closed", "shortcut", "message_action", "block_suggestion",
    ];

    [Fact]
    public async Task Every_kind_is_acknowledged_in_time_while_every_answer_hangs()
    {
        using var end = new CancellationTokenSource();
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, turns: new() { BeforeAnswering = (_, _) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, end.Token) });

        foreach (var kind in Kinds)
        {
            var (exitCode, output) = await SendAsync(host, kind, "{}"); // 1 when it took more than 3 s, or was not taken
            Assert.True(exitCode == 0, $"{kind}: {output}");
        }
        await end.CancelAsync();
    }

    [Fact]
    public async Task A_repeated_mention_that_comes_as_two_events_is_one_turn()
    {
        await using var host = await SlackHost.StartAsync("http://127.0.0.1:9/api/");
        const string mention = """{"ts":"1790000000.000100","event_ts":"1790000000.000100","text":"<@U0BOT> why?","channel":"C02INC","channel_type":"channel"}""";

        await SendAsync(host, "message_im", mention, times: 3);
        await SendAsync(host, "app_mention", mention, times: 3);

        Assert.Equal((6, 1), (host.Turns.Deliveries, host.Turns.Stored.Reader.Count));
    }

    private static Task<(int ExitCode, string Output)> SendAsync(SlackHost host, string kind, string overrides, int times = 1)
    {
        var script = NodeProgram.Outside("slack-sender.mjs");
        Assert.SkipWhen(script is null, "SREBOT_PEERS does not name a folder with slack/slack-sender.mjs.");
        return NodeProgram.RunAsync(script!, [host.Address.AbsoluteUri, kind, overrides], environment: new Dictionary<string, string> { ["SECRET"] = SlackHost.Secret, ["TIMES"] = times.ToString() });
    }
}
