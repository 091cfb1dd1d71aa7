using Microsoft.Extensions.AI;
using SreBot.Adapters.Chat;
using SreBot.Alerts;
using SreBot.Alerts.Rules;
using SreBot.Model;
using SreBot.Planning;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Telemetry;

namespace SreBot.Tests.Alerts;

public sealed class AlertToolTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("alert me when p95 of Project_1 is over 200 ms for 10 minutes", "create latency p95 > 200 ms over 5m for 10m cooldown 5m in Project_1 severity warning notify slack:T01/C02 as \"latency p95 > 200 ms in Project_1\"")]
    [InlineData("tell me if errors exceed 5%", "create error_rate ratio > 5% over 5m cooldown 5m in Project_1,Project_2,Project_3 severity warning notify slack:T01/C02 as \"error_rate ratio > 5% in Project_1, Project_2, Project_3\"")]
    public async Task Plain_language_becomes_a_rule_when_it_is_confirmed(string question, string expected)
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var desk = AlertDesk.Of(house);
        var tools = desk.Plugin.CreateTools(Context(house)).ToList();
        var call = OfflineRules.Read(question, [], [.. tools.Select(tool => tool.Name)]);

        var plan = await RunAsync(tools, call.Tool!, call.Arguments);
        Assert.Empty(await house.Alerts.RulesAsync(house.Scope, Cancel));
        await desk.Create.HandleAsync(Button(plan), house.Caller(), Cancel);

        Assert.Equal(expected, AlertText.Command(Assert.Single(await house.Alerts.RulesAsync(house.Scope, Cancel))));
    }

    [Fact]
    public async Task Every_clause_is_an_argument_and_a_plan_is_shown_with_its_past()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var desk = AlertDesk.Of(house, new Past());

        var plan = await RunAsync(desk.Plugin.CreateTools(Context(house)), "create_alert", new Dictionary<string, object?>
        {
            ["metric"] = "burn_rate", ["threshold"] = 14.4, ["comparator"] = ">", ["recoveryThreshold"] = 10, ["windowMinutes"] = 60, ["shortWindowMinutes"] = 5, ["objective"] = 99.9, ["forMinutes"] = 2,
            ["cooldownMinutes"] = 7, ["minRequests"] = 20, ["projects"] = new[] { "Project_1" }, ["where"] = new[] { "endpoint = POST /pay" }, ["groupBy"] = new[] { "server" }, ["severity"] = "critical",
            ["notify"] = new[] { "#here" }, ["escalate"] = new[] { "15m to #here" }, ["repeatMinutes"] = 30, ["noData"] = "alert", ["error"] = "state", ["insufficient"] = "clear", ["maxHoldMinutes"] = 90,
            ["vanishAfterMinutes"] = 3, ["vanishResolves"] = true, ["runbook"] = "https://wiki.example/pay?x=1", ["name"] = "pay \"burn\"",
        });

        Assert.Contains("It would have fired 3 times in 7 days.", plan.Summary, StringComparison.Ordinal);
        Assert.Single(plan.Blocks.OfType<ReplyChart>());
        await desk.Create.HandleAsync(Button(plan), house.Caller(), Cancel);
        Assert.Equal("create burn_rate ratio > 14.4x over 1h and 5m objective 99.9% recovery 10x for 2m cooldown 7m min 20 in Project_1 where endpoint = \"POST /pay\" by server_id no_data alert error state " +
            "insufficient clear max_hold 90m vanish after 3 resolve severity critical notify slack:T01/C02 escalate after 15m to slack:T01/C02 repeat every 30m runbook \"https://wiki.example/pay?x=1\" as \"pay \\\"burn\\\"\"",
            AlertText.Command(Assert.Single(await house.Alerts.RulesAsync(house.Scope, Cancel))));
    }

    [Theory]
    [InlineData("noData", "resolve", "'resolve' should be hold or ok or zero or alert or state")]
    [InlineData("severity", "grave", "'grave' should be info, warning or critical")]
    [InlineData("comparator", "above", "There is no comparator 'above'")]
    [InlineData("metric", "speed", "There is no metric 'speed'")]
    [InlineData("runbook", "wiki", "'wiki' should be a web address")]
    public async Task A_wrong_argument_is_named(string argument, string value, string expected)
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var tools = AlertDesk.Of(house).Plugin.CreateTools(Context(house)).ToList();
        var arguments = new Dictionary<string, object?> { ["metric"] = "latency", ["threshold"] = 5.0, [argument] = value };

        var error = await Assert.ThrowsAsync<SreException>(() => RunAsync(tools, "create_alert", arguments));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_wait_for_the_askers_click_and_check_the_role_again()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var desk = AlertDesk.Of(house);
        await house.RuleAsync("create latency max > 20 in Project_1 as slow");
        var tools = desk.Plugin.CreateTools(Context(house)).ToList();
        var edit = await RunAsync(tools, "edit_alert", new Dictionary<string, object?> { ["name"] = "slow", ["changes"] = "threshold > 30 for 5m" });
        var mute = await RunAsync(tools, "mute_alert", new Dictionary<string, object?> { ["name"] = "slow", ["minutes"] = 120 });
        var silence = await RunAsync(tools, "silence_alerts", new Dictionary<string, object?> { ["what"] = "Project_1 for 2h" });
        var delete = await RunAsync(tools, "delete_alert", new Dictionary<string, object?> { ["name"] = "slow" });
        Assert.Equal(20, (await house.Alerts.FindAsync(house.Scope, "slow", Cancel)).Rule.Threshold);
        Assert.Empty(await house.QueryAsync<long>("SELECT id FROM silence"));

        var other = house.Caller("Robert");
        await RefusedAsync(SreErrorKind.Forbidden, () => desk.Change.HandleAsync(Button(edit), other, Cancel));
        await desk.Change.HandleAsync(Button(edit), house.Caller(), Cancel);
        await RefusedAsync(SreErrorKind.Conflict, () => desk.Change.HandleAsync(Button(edit), house.Caller(), Cancel));
        await desk.Change.HandleAsync(Button(mute), house.Caller(), Cancel);
        await desk.Change.HandleAsync(Button(silence), house.Caller(), Cancel);
        await RefusedAsync(SreErrorKind.Forbidden, () => desk.Change.HandleAsync(Button(delete), house.Caller() with { Scope = house.Scope with { Role = Role.Viewer } }, Cancel));

        var rule = (await house.Alerts.FindAsync(house.Scope, "slow", Cancel)).Rule;
        Assert.Equal((30.0, TimeSpan.FromMinutes(5)), (rule.Threshold, rule.For));
        Assert.Equal(2, (await house.QueryAsync<long>("SELECT id FROM silence")).Count);
        await RefusedAsync(SreErrorKind.Forbidden, () => RunAsync(desk.Plugin.CreateTools(Context(house, Role.Viewer)), "edit_alert", new Dictionary<string, object?> { ["name"] = "slow", ["changes"] = "for 9m" }));
    }

    [Fact]
    public async Task Explains_why_it_fired_with_a_chart()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync("create error_rate > 5% over 1m in Project_1 as errors");
        await house.RequestsAsync(0, 2, latency: 10, status: 500);
        await house.RunAsync(2);
        var tools = AlertDesk.Of(house).Plugin.CreateTools(Context(house)).ToList();
        var call = OfflineRules.Read($"why did errors fire at {Requests.Start.AddMinutes(1):HH:mm}", [], [.. tools.Select(tool => tool.Name)]);

        var result = await RunAsync(tools, call.Tool!, call.Arguments);

        Assert.Equal($"\"errors\" fired at {Requests.Start.AddMinutes(1):yyyy-MM-dd HH:mm} UTC: error_rate ratio was 100% over 1m (6 requests), against a threshold of 5%.", result.Summary);
        Assert.Single(result.Blocks.OfType<ReplyChart>());
    }

    private static ToolContext Context(AlertHouse house, Role role = Role.Sre) => new(house.Caller(role: role), new MemorySteps(house.Telemetry, house.Time), house.Time.GetUtcNow(), new Progress<string>());

    private static async Task<ToolResult> RunAsync(IEnumerable<AIFunction> tools, string name, IReadOnlyDictionary<string, object?> arguments) =>
        (ToolResult)(await tools.Single(tool => tool.Name == name).InvokeAsync(new AIFunctionArguments(arguments.ToDictionary()), Cancel))!;

    private static string Button(ToolResult plan) => plan.Blocks.OfType<ReplyButtons>().Single().Buttons.Single().Value;

    private static async Task RefusedAsync(SreErrorKind kind, Func<Task> act) => Assert.Equal(kind, (await Assert.ThrowsAsync<SreException>(act)).Kind);

    private sealed class Past : IAlertBacktests
    {
        public Task<ChatReply> RunAsync(Caller caller, AlertRule rule, TimeSpan past, CancellationToken cancel) => Task.FromResult(new ChatReply
        {
            Summary = $"It would have fired 3 times in {past.TotalDays} days.",
            Blocks = [new ReplyChart("past", "x", "past", [])],
        });

        public Task<ChatReply> SuggestAsync(Caller caller, AlertRule rule, TimeSpan past, CancellationToken cancel) => throw new NotSupportedException();
    }
}
