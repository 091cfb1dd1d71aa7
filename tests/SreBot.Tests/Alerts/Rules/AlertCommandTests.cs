using SreBot.Adapters.Chat;
using SreBot.Alerts;
using SreBot.Alerts.Rules;
using SreBot.Model;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Planning;
using SreBot.Tests.Telemetry;

namespace SreBot.Tests.Alerts.Rules;

public sealed class AlertCommandTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_edit_changes_what_is_said_and_keeps_id_history_and_state()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var desk = AlertDesk.Of(house);
        var rule = await house.RuleAsync("create latency max > 20 over 1m in Project_1 as slow");
        await house.RequestsAsync(0, 4, latency: 80);
        await house.RunAsync(2);
        var (state, transitions) = (await StatesAsync(house), await house.TransitionsAsync());
        Assert.Contains("triggered", Assert.Single(state), StringComparison.Ordinal);

        var reply = await desk.SayAsync("edit slow severity critical for 2m repeat every 30m rename \"very slow\"", house.Caller());

        var edited = (await house.Alerts.FindAsync(house.Scope, "very slow", Cancel)).Rule;
        Assert.Equal((rule.Id, "critical", TimeSpan.FromMinutes(2), 20.0, 2, 1), (edited.Id, edited.Severity, edited.For, edited.Threshold, edited.Version, edited.ConditionVersion));
        Assert.Equal(state, await StatesAsync(house));
        Assert.Equal(transitions, await house.TransitionsAsync());
        Assert.Contains("It goes on from its present state.", QuestionHouse.Text(reply), StringComparison.Ordinal);

        Assert.Contains("its state starts anew", QuestionHouse.Text(await desk.SayAsync("edit very slow threshold 30", house.Caller())), StringComparison.Ordinal);
        edited = (await house.Alerts.FindAsync(house.Scope, "very slow", Cancel)).Rule;
        Assert.Equal((AlertComparator.Greater, 30.0, 3, 2), (edited.Comparator, edited.Threshold, edited.Version, edited.ConditionVersion));
        Assert.Equal(transitions, await house.TransitionsAsync());
    }

    [Theory]
    [InlineData("threshold > 7%", true)]
    [InlineData("error_rate >= 5%", true)]
    [InlineData("latency p95 > 5", true)]
    [InlineData("over 11m", true)]
    [InlineData("in Project_1", true)]
    [InlineData("where platform = web", true)]
    [InlineData("by server", true)]
    [InlineData("recovery 2%", true)]
    [InlineData("threshold > 5%", false)]
    [InlineData("for 3m cooldown 1h min 9 severity info notify none no_data ok error alert insufficient clear max_hold 1h repeat every 1h runbook https://a.example as \"other\" disabled", false)]
    public void Only_an_edit_of_what_is_watched_starts_states_anew(string edit, bool differs)
    {
        var defaults = new AlertDefaults(["Project_1", "Project_2"], [], null);
        var before = ((AlertCommand.Create)AlertGrammar.Parse("create error_rate > 5% over 10m as e", defaults)).Rule;

        var command = (AlertCommand.Edit)AlertGrammar.Parse($"edit e {edit}", defaults with { Rules = [before] });

        Assert.Equal(differs, AlertCondition.Differs(command.Before, command.After));
        Assert.Equal(before.Id, command.After.Id);
    }

    [Fact]
    public async Task Of_two_who_edit_at_once_the_second_is_told()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var rule = await house.RuleAsync("create latency max > 20 in Project_1 as slow");
        await house.Alerts.EditAsync(house.Scope, rule, rule with { Severity = "info" }, "Ana", house.Time.GetUtcNow(), Cancel);

        await RefusedAsync(SreErrorKind.Conflict, "was changed by another meanwhile", () => house.Alerts.EditAsync(house.Scope, rule, rule with { Severity = "critical" }, "Bob", house.Time.GetUtcNow(), Cancel));

        Assert.Equal("info", (await house.Alerts.FindAsync(house.Scope, "slow", Cancel)).Rule.Severity);
    }

    [Fact]
    public async Task An_objective_becomes_three_rules_or_none()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var desk = AlertDesk.Of(house);

        await desk.SayAsync("create slo 99.9% in Project_1 by endpoint where platform = web as shop", house.Caller());

        Assert.Equal(
            [
                "create burn_rate ratio > 14.4x over 1h and 5m objective 99.9% cooldown 5m in Project_1 where platform = web by endpoint severity critical notify slack:T01/C02 as \"shop (fast burn)\"",
                "create burn_rate ratio > 1x over 3d and 6h objective 99.9% cooldown 5m in Project_1 where platform = web by endpoint severity warning notify slack:T01/C02 as \"shop (slow burn)\"",
                "create burn_rate ratio > 6x over 6h and 30m objective 99.9% cooldown 5m in Project_1 where platform = web by endpoint severity critical notify slack:T01/C02 as \"shop (steady burn)\"",
            ], (await house.Alerts.RulesAsync(house.Scope, Cancel)).Select(AlertText.Command));
        await RefusedAsync(SreErrorKind.Conflict, "There is an alert \"shop (slow burn)\" already", async () =>
        {
            await desk.SayAsync("delete shop (fast burn)", house.Caller());
            await desk.SayAsync("delete shop (steady burn)", house.Caller());
            await desk.SayAsync("create slo 99% in Project_1 as shop", house.Caller());
        });
        Assert.Single(await house.Alerts.RulesAsync(house.Scope, Cancel));
    }

    [Fact]
    public async Task Lists_by_state_and_project_with_counts_and_at_most_50_rows()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var desk = AlertDesk.Of(house);
        for (var i = 0; i < 52; i++)
        {
            await house.RuleAsync($"create latency max > {i + 1} in Project_1 as r{i:00}");
        }

        await house.RuleAsync("create latency max > 20 over 1m in Project_2 as zz");
        await house.RequestsAsync(0, 2, latency: 80, project: "Project_2");
        await house.RunAsync(2);
        await desk.SayAsync("disable r07", house.Caller());
        await desk.SayAsync("mute r08 2h", house.Caller());

        var all = await desk.SayAsync("list", house.Caller());
        Assert.Equal("53 alerts, 1 triggered, 1 muted, 1 disabled; the first 50 are shown, cut the list with: alert list triggered, alert list in Project_1.", all.Summary);
        Assert.Equal((50, "zz"), (Rows(all).Count, Rows(all)[0][0]));
        Assert.Equal(["zz"], Rows(await desk.SayAsync("list triggered", house.Caller())).Select(row => row[0]));
        Assert.Equal(["zz"], Rows(await desk.SayAsync("list in Project_2", house.Caller())).Select(row => row[0]));
        Assert.Equal("resolved, disabled", Assert.Single(Rows(await desk.SayAsync("list disabled in Project_1", house.Caller())))[3]);
        Assert.Equal("resolved, muted", Assert.Single(Rows(await desk.SayAsync("list muted", house.Caller())))[3]);
        Assert.Equal("None of 53 alerts is one of those that are muted in Project_2.", (await desk.SayAsync("list muted in Project_2", house.Caller())).Summary);
    }

    [Fact]
    public async Task Shows_a_rule_with_its_sql_groups_fault_and_history()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var desk = AlertDesk.Of(house);
        var rule = await house.RuleAsync("create latency max > 20 over 1m in Project_1 by server runbook https://wiki.example/slow as slow");
        await house.RequestsAsync(0, 2, latency: 80, server: "Server_1");
        await house.RequestsAsync(0, 2, latency: 10, server: "Server_2");
        await house.RunAsync(2);
        await house.ExecuteAsync("INSERT INTO alert_fault (organization_id, alert_id, since, why) VALUES (@organization, @id, now(), 'too many groups')", new { organization = house.Organization, rule.Id });
        await desk.SayAsync("mute slow 2h", house.Caller());
        await desk.SayAsync("subscribe me to slow", await AlertPeople.AdmitAsync(house, new ChatUser("slack", "T01", "U07", "Ana")));

        var text = QuestionHouse.Text(await desk.SayAsync("show slow", house.Caller()));

        Assert.Contains("triggered (1 group), muted until", text, StringComparison.Ordinal);
        Assert.Contains("It cannot be evaluated: too many groups", text, StringComparison.Ordinal);
        Assert.Contains($"FROM {house.Database}.request", text, StringComparison.Ordinal);
        Assert.Contains("server_id=Server_1 | triggered", text, StringComparison.Ordinal);
        Assert.Contains("resolved → triggered (breach) | 80 ms | 6 | 20 ms | 1m | v1", text, StringComparison.Ordinal);
        Assert.Contains("what to do: https://wiki.example/slow", text, StringComparison.Ordinal);
        Assert.Contains("It tells slack:T01/C02, and 1 subscriber.", text, StringComparison.Ordinal);
        Assert.Contains("[Mute 1h]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("[Back-test", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_why_it_fired_at_a_time_with_the_requests_of_then()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var desk = AlertDesk.Of(house);
        await house.RuleAsync("create latency max > 20 over 1m cooldown 0m in Project_1 by server as slow");
        await house.RequestsAsync(0, 3, latency: 80, server: "Server_1");
        await house.RequestsAsync(3, 62, latency: 10, server: "Server_1");
        await house.RequestsAsync(62, 64, latency: 50, server: "Server_1");
        await house.RunAsync(64);
        await desk.SayAsync("edit slow severity critical", house.Caller());

        var then = await desk.SayAsync($"why slow at {Requests.Start.AddMinutes(2):HH:mm}", house.Caller());
        var last = await desk.SayAsync("why slow", house.Caller());

        Assert.StartsWith($"\"slow\" fired for server_id=Server_1 at {Requests.Start.AddMinutes(1):yyyy-MM-dd HH:mm} UTC: latency max was 80 ms over 1m (6 requests), against a threshold of 20 ms. That was version 1 of the rule; it is version 2 now.", then.Summary, StringComparison.Ordinal);
        Assert.StartsWith($"\"slow\" fired for server_id=Server_1 at {Requests.Start.AddMinutes(63):yyyy-MM-dd HH:mm} UTC: latency max was 50 ms", last.Summary, StringComparison.Ordinal);
        var chart = Assert.Single(then.Blocks.OfType<ReplyChart>());
        Assert.Equal(20, chart.Threshold);
        Assert.Equal([80, 80, 80, 10], chart.Series[0].Points.Where(point => point.At >= Requests.Start).Take(4).Select(point => point.Value!.Value));
        Assert.Contains("/investigations/", string.Concat(then.Blocks.OfType<ReplySection>().SelectMany(section => section.Paragraphs).SelectMany(text => text.Runs).Select(run => run.Url)), StringComparison.Ordinal);
        Assert.Contains("has not fired between", (await desk.SayAsync($"why slow at {Requests.Start.AddHours(-5):yyyy-MM-dd HH:mm}", house.Caller())).Summary, StringComparison.Ordinal);
        Assert.Equal(3, (await house.QueryAsync<string>("SELECT question FROM step")).Count(question => question == "Why did \"slow\" change its state?"));
    }

    [Fact]
    public async Task A_test_judges_now_and_sends_only_when_told()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var desk = AlertDesk.Of(house);
        await house.RuleAsync("create latency max > 20 over 5m in Project_1 by server as slow");
        await house.RequestsAsync(0, 2, latency: 80, server: "Server_1");
        await house.RequestsAsync(0, 2, latency: 10, server: "Server_2");
        house.Time.Advance(TimeSpan.FromMinutes(2));

        var text = QuestionHouse.Text(await desk.SayAsync("test slow", house.Caller()));

        Assert.Contains("\"slow\" now: server_id=Server_1: latency max over 5m is 80 ms (12 requests), which breaches > 20 ms. 1 of 2 groups breaches.", text, StringComparison.Ordinal);
        Assert.Contains("server_id=Server_2 | 10 ms | 12 | clear", text, StringComparison.Ordinal);
        Assert.Contains("slack:T01/C02", text, StringComparison.Ordinal);
        Assert.Empty(await house.QueryAsync<string>("SELECT target FROM outbox"));

        await RefusedAsync(SreErrorKind.Forbidden, "may send test messages", () => desk.SayAsync("test slow send", house.Caller(role: Role.Viewer)));
        Assert.Contains("is on its way to slack:T01/C02", (await desk.SayAsync("test slow send", house.Caller())).Summary, StringComparison.Ordinal);
        await house.DeliverAsync();
        Assert.Contains("Test of the alert \"slow\", sent by Ana", Assert.Single(house.Poster.Channel), StringComparison.Ordinal);
        Assert.Empty(await StatesAsync(house));
    }

    [Fact]
    public async Task A_viewer_looks_and_subscribes_and_changes_nothing()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var desk = AlertDesk.Of(house);
        await house.RuleAsync("create latency max > 20 in Project_1 as slow");
        var viewer = house.Caller(role: Role.Viewer);

        foreach (var look in new[] { "list", "show slow", "history slow", "why slow", "test slow", "silences" })
        {
            await desk.SayAsync(look, viewer);
        }

        foreach (var change in new[] { "create latency > 5", "create slo 99%", "edit slow for 2m", "enable slow", "disable slow", "mute slow 2h", "unmute slow", "silence Project_1 for 2h", "unsilence 1", "delete slow", "test slow send" })
        {
            if (change != "enable slow") // it is enabled
                await RefusedAsync(SreErrorKind.Forbidden, "Only an sre or an admin may", () => desk.SayAsync(change, viewer));
        }

        Assert.Equal(["create"], (await house.QueryAsync<string>("SELECT split_part(what, ' ', 2) FROM audit")).ToArray());
    }

    [Fact]
    public async Task Writes_down_who_changed_what()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var desk = AlertDesk.Of(house);
        foreach (var change in new[] { "create latency max > 20 in Project_1 as slow", "edit slow for 2m", "mute slow 2h", "unmute slow", "silence Project_1 for 2h because \"new disk\"", "unsilence 2", "delete slow" })
        {
            await desk.SayAsync(change, house.Caller());
        }

        var written = await house.QueryAsync<string>("SELECT principal || ': ' || what FROM audit ORDER BY id");
        string[] expected = ["Ana: alert create latency max > 20 ms", "Ana: edited the alert \"slow\": create latency", "Ana: silence 1: every alert alert ", "Ana: unmuted the alert \"slow\"", "Ana: silence 2: Project_1, ", "Ana: ended silence 2", "Ana: deleted the alert \"slow\""];
        Assert.Equal(expected.Length, written.Count);
        Assert.All(expected.Zip(written), pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_target_outside_chat_must_be_a_receiver_that_covers_the_projects()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var desk = AlertDesk.Of(house);
        await ReceiverAsync(house, "email:ops@example.org", "Project_1");

        await RefusedAsync(SreErrorKind.Invalid, "email:boss@example.org is no receiver", () => desk.SayAsync("create latency > 5 in Project_1 notify boss@example.org", house.Caller()));
        await RefusedAsync(SreErrorKind.Invalid, "email:ops@example.org may not be told of Project_2", () => desk.SayAsync("create latency > 5 in Project_1,Project_2 notify ops@example.org", house.Caller()));
        await RefusedAsync(SreErrorKind.Invalid, "sms:+491701234567 is no receiver", () => desk.SayAsync("create latency > 5 in Project_1 escalate after 15m to +491701234567", house.Caller()));
        await desk.SayAsync("create latency > 5 in Project_1 notify ops@example.org as ok", house.Caller());
        await RefusedAsync(SreErrorKind.Invalid, "may not be told of Project_2", () => desk.SayAsync("edit ok in Project_1,Project_2", house.Caller()));
    }

    [Fact]
    public async Task Back_tests_and_incidents_are_reached_through_their_ports()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var ports = new Ports();
        var desk = AlertDesk.Of(house, ports, ports);
        var rule = await house.RuleAsync("create latency max > 20 in Project_1 as slow");

        Assert.Equal("slow over 7.00:00:00", (await desk.SayAsync("backtest slow 7d", house.Caller())).Summary);
        Assert.Equal("latency mean >= 5 ms in Project_2 over 3.00:00:00", (await desk.SayAsync("backtest create latency >= 5 in Project_2 past 3d", house.Caller())).Summary);
        Assert.Equal("better than slow over 1.00:00:00", (await desk.SayAsync("suggest slow past 24h", house.Caller())).Summary);
        Assert.Equal($"acknowledged {rule.Id}", (await desk.SayAsync("ack slow", house.Caller())).Summary);
        Assert.Equal($"snoozed {rule.Id} 02:00:00", (await desk.SayAsync("snooze slow 2h", house.Caller())).Summary);
        Assert.Equal($"snoozed {rule.Id} ", (await desk.SayAsync("snooze slow", house.Caller())).Summary);
        await RefusedAsync(SreErrorKind.Unavailable, "cannot be back-tested here", () => AlertDesk.Of(house).SayAsync("backtest slow 7d", house.Caller()));
    }

    [Fact]
    public async Task A_mistyped_name_is_answered_with_the_whole_command()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var desk = AlertDesk.Of(house);
        await RefusedAsync(SreErrorKind.Invalid, "there are none yet; for example: alert create", () => desk.SayAsync("show errors", house.Caller()));
        await house.RuleAsync("create error_rate > 5% in Project_1 as \"too many errors\"");

        await RefusedAsync(SreErrorKind.Invalid, "Word 2 should be the name of an alert that you can see, not 'to many erors'; did you mean: alert mute \"too many errors\" 2h", () => desk.SayAsync("mute to many erors 2h", house.Caller()));
        await RefusedAsync(SreErrorKind.Invalid, "not 'billing'; there are \"too many errors\"", () => desk.SayAsync("show billing", house.Caller()));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("list", true)]
    [InlineData("craete latency > 5", true)]
    [InlineData("acknowledge errors", true)]
    [InlineData("me when p95 is over 200 ms", false)]
    [InlineData("3 fired, why?", false)]
    [InlineData("fired, why?", false)]
    public async Task A_mention_is_a_command_when_it_begins_like_one(string text, bool isCommand)
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);

        Assert.Equal(isCommand, ((ICommandHandler)AlertDesk.Of(house).Commands).Means(text));
    }

    private static IReadOnlyList<IReadOnlyList<string>> Rows(ChatReply reply) => Assert.Single(reply.Blocks.OfType<ReplyTable>()).Rows;

    private static Task<IReadOnlyList<string>> StatesAsync(AlertHouse house) => house.QueryAsync<string>("SELECT group_key || ' ' || phase || ' ' || since || ' ' || coalesce(episode_id::text, '') FROM alert_state ORDER BY 1");

    private static Task ReceiverAsync(AlertHouse house, string target, params string[] projects) => AlertPeople.ExecuteAsync(house,
        "INSERT INTO receiver (organization_id, target, address, projects, created_by) VALUES (@organization, @target, @target, @projects, 'test')", new { organization = house.Organization, target, projects });

    private static async Task RefusedAsync(SreErrorKind kind, string message, Func<Task> act)
    {
        var error = await Assert.ThrowsAsync<SreException>(act);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(kind, error.Kind);
    }

    private sealed class Ports : IAlertBacktests, IIncidentActions
    {
        public Task<ChatReply> RunAsync(Caller caller, AlertRule rule, TimeSpan past, CancellationToken cancel) => Task.FromResult(ChatReply.Of($"{rule.Name} over {past}"));

        public Task<ChatReply> SuggestAsync(Caller caller, AlertRule rule, TimeSpan past, CancellationToken cancel) => Task.FromResult(ChatReply.Of($"better than {rule.Name} over {past}"));

        public Task<string> AcknowledgeAsync(Caller caller, Guid alertId, CancellationToken cancel) => Task.FromResult($"acknowledged {alertId}");

        public Task<string> SnoozeAsync(Caller caller, Guid alertId, TimeSpan? time, CancellationToken cancel) => Task.FromResult($"snoozed {alertId} {time}");
    }
}
