using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Tests.Slack;

public sealed class SlackHomeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_who_opens_the_app_finds_their_page()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, home: new StillHome());

        var answer = await SignedRequest.EventAsync(host, new { type = "app_home_opened", user = "U1", channel = "D01", tab = "home", event_ts = Payloads.Ts });
        await SlackEventsEndpointTests.WaitForAsync(() => slack.Views.ContainsKey("U1"));

        Assert.Equal((200, ""), answer);
        Assert.Equal("home", slack.Views["U1"].GetProperty("type").GetString());
        Assert.Contains("Page of U1", slack.Views["U1"].GetRawText());
        Assert.Equal(0, host.Turns.Deliveries);
    }

    [Fact]
    public async Task The_tab_of_messages_shows_no_page()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, home: new StillHome());

        await SignedRequest.EventAsync(host, new { type = "app_home_opened", user = "U1", channel = "D01", tab = "messages" });
        await SignedRequest.EventAsync(host, new { type = "app_home_opened", user = "U2", channel = "D02", tab = "home" });
        await SlackEventsEndpointTests.WaitForAsync(() => slack.Views.ContainsKey("U2"));

        Assert.False(slack.Views.ContainsKey("U1"));
    }

    [Fact]
    public async Task A_click_on_the_page_is_answered_on_the_page()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, home: new StillHome());

        await SignedRequest.ClickAsync(host, Payloads.HomeClick("ack:0", "INC-1"));
        await SlackEventsEndpointTests.WaitForAsync(() => slack.Views.ContainsKey("U1"));

        var turn = await host.Turns.Clicked.Reader.ReadAsync(Cancel);
        Assert.Equal((true, new ChatAddress("slack", "T01", "D0U1"), new ChatAction("ack", "INC-1")), (turn.IsDirect, turn.Address, turn.Action!));
        Assert.Contains("Done: ack INC-1", slack.Views["U1"].GetRawText());
        Assert.Empty(slack.Posts);
    }

    [Fact]
    public async Task A_form_from_the_page_is_answered_on_the_page()
    {
        var turns = new RecordingTurns { Answer = turn => turn.Action!.Fields is null ? Forms.Reply : ChatReply.Of("Ordered.") };
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, turns: turns, home: new StillHome());

        await SignedRequest.ClickAsync(host, Payloads.HomeClick($"{Forms.Verb}:1", "table 7"));
        await SlackEventsEndpointTests.WaitForAsync(() => !slack.Views.IsEmpty);
        var metadata = slack.Views.Values.Single().GetProperty("private_metadata").GetString()!;
        await SignedRequest.ClickAsync(host, Payloads.Submission(metadata, new { count = new { value = new { type = "plain_text_input", value = "1" } } }));
        await SlackEventsEndpointTests.WaitForAsync(() => slack.Views.ContainsKey("U1"));

        Assert.Contains("Ordered.", slack.Views["U1"].GetRawText());
        Assert.Empty(slack.Posts);
    }

    [Fact]
    public async Task An_empty_conversation_offers_at_most_four_questions_that_ping_nobody()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, home: new StillHome());

        await SignedRequest.EventAsync(host, Started());
        await SlackEventsEndpointTests.WaitForAsync(() => slack.Calls.Any(call => call.Method == "assistant.threads.setSuggestedPrompts"));

        var call = slack.Calls.Single();
        Assert.Equal(("D01", "1790000000.000050"), (call.Arguments["channel_id"], call.Arguments["thread_ts"]));
        Assert.Contains("why is INC-1 slow?", call.Arguments["prompts"]);
        Assert.DoesNotContain("<!channel>", call.Arguments["prompts"]);
    }

    [Fact]
    public async Task A_conversation_is_named_after_its_first_question_alone()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase);

        await SignedRequest.EventAsync(host, Started(), eventId: "Ev1");
        await SignedRequest.EventAsync(host, Direct("why is INC-1\nslow?", "1790000000.000060", "1790000000.000050"), eventId: "Ev2");
        await SlackEventsEndpointTests.WaitForAsync(() => slack.Calls.Count == 1);
        await SignedRequest.EventAsync(host, Direct("and since when?", "1790000000.000070", "1790000000.000050"), eventId: "Ev3");
        await SignedRequest.EventAsync(host, Direct("another thing", "1790000000.000080", null), eventId: "Ev4");
        await SlackEventsEndpointTests.WaitForAsync(() => slack.Calls.Count == 2);

        Assert.Equal([("1790000000.000050", "why is INC-1 slow?"), ("1790000000.000080", "another thing")], slack.Calls.Select(call => (call.Arguments["thread_ts"], call.Arguments["title"])));
        Assert.Equal(3, host.Turns.Deliveries);
    }

    [Fact]
    public async Task Where_the_app_may_not_name_conversations_it_asks_once()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, home: new StillHome());
        slack.Break("assistant.threads.setTitle", new Fault.Error("missing_scope", "assistant:write"));

        await SignedRequest.EventAsync(host, Direct("one", "1790000000.000060", null), eventId: "Ev1");
        await SlackEventsEndpointTests.WaitForAsync(() => slack.Calls.Count == 1);
        await SignedRequest.EventAsync(host, Started(), eventId: "Ev2");
        await SlackEventsEndpointTests.WaitForAsync(() => slack.Calls.Count == 2); // by now the refusal is known
        await SignedRequest.EventAsync(host, Direct("two", "1790000000.000070", null), eventId: "Ev3");
        await SignedRequest.EventAsync(host, Started(), eventId: "Ev4");
        await SlackEventsEndpointTests.WaitForAsync(() => slack.Calls.Count == 3);

        Assert.Equal(["assistant.threads.setTitle", "assistant.threads.setSuggestedPrompts", "assistant.threads.setSuggestedPrompts"], slack.Calls.Select(call => call.Method));
    }

    private static object Started() => new
    {
        type = "assistant_thread_started",
        assistant_thread = new { user_id = "U1", channel_id = "D01", thread_ts = "1790000000.000050", context = new { channel_id = "C02", team_id = "T01" } },
        event_ts = Payloads.Ts,
    };

    private static object Direct(string text, string ts, string? thread) => thread is null
        ? new { type = "message", channel_type = "im", channel = "D01", user = "U1", text, ts }
        : new { type = "message", channel_type = "im", channel = "D01", user = "U1", text, ts, thread_ts = thread };
}
