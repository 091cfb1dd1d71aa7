using System.Text.Json;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Tests.Slack;

public sealed class SlackFormTests
{
    private static readonly object Filled = new
    {
        dish = new { value = new { type = "static_select", selected_option = new { value = "pie" } } },
        count = new { value = new { type = "plain_text_input", value = " 3 " } },
        extras = new { value = new { type = "multi_static_select", selected_options = new[] { new { value = "bread" }, new { value = "salt, sea" } } } },
        note = new { value = new { type = "plain_text_input", value = (string?)null } },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_that_leaves_all_to_say_opens_the_form()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, turns: Turns());

        var answer = await SignedRequest.CommandAsync(host, Payloads.Command(text: ""));
        await SlackEventsEndpointTests.WaitForAsync(() => !slack.Views.IsEmpty);

        Assert.Equal((200, ""), answer);
        Assert.Equal("1.2.abc", slack.Calls.Single(call => call.Method == "views.open").Arguments["trigger_id"]);
        var view = slack.Views.Values.Single();
        Assert.Equal(("New order", "Send it"), (Text(view, "title"), Text(view, "submit")));
        var inputs = view.GetProperty("blocks").EnumerateArray().ToDictionary(block => block.GetProperty("block_id").GetString()!, block => block.GetProperty("element"));
        Assert.Equal(["dish", "count", "extras", "note"], inputs.Keys);
        Assert.Equal("soup", inputs["dish"].GetProperty("initial_option").GetProperty("value").GetString());
        Assert.Equal("2", inputs["count"].GetProperty("initial_value").GetString());
        Assert.Equal(2, inputs["extras"].GetProperty("initial_options").GetArrayLength());
        Assert.Empty(slack.Posts);
    }

    [Fact]
    public async Task A_form_that_takes_long_is_announced_while_its_trigger_lives()
    {
        var time = new ManualTime(DateTimeOffset.FromUnixTimeSeconds(1790000000));
        var (asked, ready) = (new TaskCompletionSource(), new TaskCompletionSource());
        var turns = Turns();
        turns.BeforeAnswering = (_, _) => { asked.SetResult(); return ready.Task; };
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, time, turns: turns);

        Assert.Equal(200, (await SignedRequest.CommandAsync(host, Payloads.Command(text: ""), time)).Status);
        await asked.Task.WaitAsync(Cancel);
        await SlackEventsEndpointTests.WaitForAsync(() => { time.Advance(TimeSpan.FromMilliseconds(100)); return !slack.Views.IsEmpty; });
        Assert.False(slack.Views.Values.Single().TryGetProperty("submit", out _));
        ready.SetResult();
        await SlackEventsEndpointTests.WaitForAsync(() => slack.Views.Values.Single().TryGetProperty("submit", out _));

        Assert.Equal(["views.open", "views.update"], slack.Calls.Select(call => call.Method));
    }

    [Fact]
    public async Task What_opens_no_form_is_said_to_the_person()
    {
        var turns = Turns();
        turns.Answer = _ => ChatReply.Of("Only an sre may do that.");
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, turns: turns);

        await SignedRequest.CommandAsync(host, Payloads.Command(text: ""));
        await SlackEventsEndpointTests.WaitForAsync(() => slack.Posts.Count == 1);

        Assert.Equal(("U1", "Only an sre may do that."), (slack.Posts[0].OnlyFor, slack.Posts[0].Text));
    }

    [Fact]
    public async Task In_a_message_a_form_is_a_button_that_opens_it_in_its_thread()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, turns: Turns());
        await host.Poster.PostAsync(new("slack", "T01", "C02"), Forms.Reply, "k", Cancel);
        var button = slack.Posts[0].Blocks!.Value.EnumerateArray().Single(block => block.GetProperty("type").GetString() == "actions").GetProperty("elements")[0];

        await SignedRequest.ClickAsync(host, Payloads.Click(button.GetProperty("action_id").GetString()!, button.GetProperty("value").GetString()!, thread: "1789999999.000001"));
        await SlackEventsEndpointTests.WaitForAsync(() => !slack.Views.IsEmpty);

        Assert.Equal(new ChatAction(Forms.Verb, "table 7"), (await host.Turns.Clicked.Reader.ReadAsync(Cancel)).Action);
        Assert.Contains("1789999999.000001", slack.Views.Values.Single().GetProperty("private_metadata").GetString());
    }

    [Fact]
    public async Task What_was_filled_in_arrives_by_field_and_what_was_taken_is_answered_privately_where_it_was_asked()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, turns: Turns());
        var metadata = await OpenAsync(slack, host);
        host.Turns.Answer = _ => ChatReply.Of("Ordered.");

        var answer = await SignedRequest.ClickAsync(host, Payloads.Submission(metadata, Filled));
        await SlackEventsEndpointTests.WaitForAsync(() => slack.Posts.Count == 1);

        Assert.Equal((200, ""), answer);
        var turn = await host.Turns.Clicked.Reader.ReadAsync(Cancel);
        Assert.Equal((Forms.Verb, "table 7", "U1", "view:V7:1.x"), (turn.Action!.Verb, turn.Action.Value, turn.User.Id, turn.EventId));
        Assert.Equal(new ChatAddress("slack", "T01", "C02"), turn.Address);
        Assert.Equal(["pie"], turn.Action.Fields!["dish"]);
        Assert.Equal(["3"], turn.Action.Fields["count"]);
        Assert.Equal(["bread", "salt, sea"], turn.Action.Fields["extras"]);
        Assert.Empty(turn.Action.Fields["note"]);
        Assert.Equal(("U1", "C02", "Ordered."), (slack.Posts[0].OnlyFor, slack.Posts[0].Channel, slack.Posts[0].Text));
    }

    [Fact]
    public async Task What_is_wrong_stands_beside_its_field_and_what_belongs_to_none_beside_the_first()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, turns: Turns());
        var metadata = await OpenAsync(slack, host);
        host.Turns.Answer = _ => ChatReply.Of("No.") with { Mistakes = new Dictionary<string, string> { ["count"] = "At most 2.", [""] = "The kitchen is closed." } };

        var (status, body) = await SignedRequest.ClickAsync(host, Payloads.Submission(metadata, Filled));

        Assert.Equal(200, status);
        Assert.Equal("""{"response_action":"errors","errors":{"count":"At most 2.","dish":"The kitchen is closed."}}""", body);
        Assert.Empty(slack.Posts);
    }

    [Fact]
    public async Task A_form_that_takes_long_to_take_is_acknowledged_in_time_and_answered_when_it_is_done()
    {
        var time = new ManualTime(DateTimeOffset.FromUnixTimeSeconds(1790000000));
        var (asked, ready) = (new TaskCompletionSource(), new TaskCompletionSource());
        var turns = Turns();
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, time, turns: turns);
        var metadata = await OpenAsync(slack, host, time);
        turns.Answer = _ => ChatReply.Of("Ordered.");
        turns.BeforeAnswering = (_, _) => { asked.SetResult(); return ready.Task; };

        var answering = SignedRequest.ClickAsync(host, Payloads.Submission(metadata, Filled), time);
        await asked.Task.WaitAsync(Cancel);
        await SlackEventsEndpointTests.WaitForAsync(() => { time.Advance(TimeSpan.FromMilliseconds(100)); return answering.IsCompleted; });
        Assert.Equal((200, ""), await answering);
        Assert.Empty(slack.Posts);
        ready.SetResult();
        await SlackEventsEndpointTests.WaitForAsync(() => slack.Posts.Count == 1);

        Assert.Equal("Ordered.", slack.Posts[0].Text);
    }

    [Fact]
    public async Task A_fault_leaves_the_form_open_with_what_was_written()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, turns: Turns());
        var metadata = await OpenAsync(slack, host);
        host.Turns.Answer = _ => throw new InvalidOperationException("the store is away");

        var (status, body) = await SignedRequest.ClickAsync(host, Payloads.Submission(metadata, Filled));

        Assert.Equal(200, status);
        Assert.Contains("try again", JsonDocument.Parse(body).RootElement.GetProperty("errors").GetProperty("dish").GetString());
    }

    [Theory]
    [InlineData("another", """{"Verb":"a","Value":"","Channel":"C1","Thread":null,"IsDirect":false,"IsAtHome":false}""")]
    [InlineData("form", "nonsense")]
    [InlineData("form", "{}")]
    [InlineData("form", "")]
    public async Task A_form_that_is_not_ours_is_left_alone(string callback, string metadata)
    {
        await using var host = await SlackHost.StartAsync("http://127.0.0.1:9/api/", turns: Turns());

        Assert.Equal((200, ""), await SignedRequest.ClickAsync(host, Payloads.Submission(metadata, Filled, callback)));
        Assert.Equal(0, host.Turns.Clicked.Reader.Count);
    }

    [Fact]
    public async Task Over_a_socket_a_mistake_comes_with_the_acknowledgement()
    {
        await using var slack = await StrictSlack.StartAsync();
        await using var host = await SlackHost.StartAsync(slack.ApiBase, onSocket: true, turns: Turns());
        var socket = await slack.Sockets.Reader.ReadAsync(Cancel);
        await socket.GreetAsync();
        var metadata = await OpenAsync(slack, host);
        host.Turns.Answer = _ => ChatReply.Of("No.") with { Mistakes = new Dictionary<string, string> { ["count"] = "At most 2." } };

        await socket.SendEnvelopeAsync("e1", "interactive", Payloads.Submission(metadata, Filled));

        Assert.Equal("e1", await socket.ReceiveAsync());
        Assert.Equal("At most 2.", socket.Told!.Value.GetProperty("errors").GetProperty("count").GetString());
    }

    private static RecordingTurns Turns() => new() { HasForm = turn => turn.Action is { Verb: Forms.Verb, Fields: null } || turn is { Command: "sre-alert", Text: "" }, Answer = _ => Forms.Reply };

    /// <summary>What Slack keeps of the open form.</summary>
    private static async Task<string> OpenAsync(StrictSlack slack, SlackHost host, TimeProvider? time = null)
    {
        await SignedRequest.CommandAsync(host, Payloads.Command(text: ""), time);
        await SlackEventsEndpointTests.WaitForAsync(() => slack.Views.Values.Any(view => view.TryGetProperty("private_metadata", out _)));
        await host.Turns.Clicked.Reader.ReadAsync(Cancel);
        return slack.Views.Values.Single().GetProperty("private_metadata").GetString()!;
    }

    private static string? Text(JsonElement view, string name) => view.GetProperty(name).GetProperty("text").GetString();
}
