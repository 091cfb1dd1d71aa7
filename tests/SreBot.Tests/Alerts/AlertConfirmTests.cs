using Microsoft.Extensions.AI;
using SreBot.Adapters.Chat;
using SreBot.Alerts;
using SreBot.Model;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Alerts;

public sealed class AlertConfirmTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_planned_rule_is_created_by_the_askers_click_alone_and_once()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var (ana, bob) = (house.Caller("Ana"), house.Caller("Bob") with { Principal = house.Caller("Bob").Principal with { Id = Guid.NewGuid() } });
        ana = ana with { Principal = ana.Principal with { Id = Guid.NewGuid() } };
        var plan = await PlanAsync(house, ana);
        var confirm = AlertDesk.Of(house).Create;
        Assert.Empty(await house.Alerts.ListAsync(house.Scope, Cancel));

        await RefusedAsync(SreErrorKind.Forbidden, "Only the person who asked", () => confirm.HandleAsync(plan, bob, Cancel));
        await RefusedAsync(SreErrorKind.Forbidden, "Only an sre or an admin may create alerts", () => confirm.HandleAsync(plan, ana with { Scope = ana.Scope with { Role = Role.Viewer } }, Cancel));
        await confirm.HandleAsync(plan, ana, Cancel);
        await RefusedAsync(SreErrorKind.Conflict, "This was confirmed before.", () => confirm.HandleAsync(plan, ana, Cancel));
        await RefusedAsync(SreErrorKind.NotFound, "There is nothing to confirm", () => confirm.HandleAsync("nonsense", ana, Cancel));

        var rule = Assert.Single(await house.Alerts.ListAsync(house.Scope, Cancel)).Rule;
        Assert.Equal(("error_rate", "ratio", 5.0, "Ana"), (rule.Metric, rule.Aggregate, rule.Threshold, rule.CreatedBy));
        Assert.Equal([AlertHouse.Target], rule.Targets);
    }

    [Fact]
    public async Task A_plan_expires_after_a_quarter_of_an_hour()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var plan = await PlanAsync(house, house.Caller());
        house.Time.Advance(TimeSpan.FromMinutes(15));

        await RefusedAsync(SreErrorKind.Conflict, "older than 15 minutes", () =>
            AlertDesk.Of(house).Create.HandleAsync(plan, house.Caller(), Cancel));

        Assert.Empty(await house.Alerts.ListAsync(house.Scope, Cancel));
    }

    [Fact]
    public async Task A_viewer_plans_nothing()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);

        await RefusedAsync(SreErrorKind.Forbidden, "Only an sre or an admin may create alerts", () => PlanAsync(house, house.Caller(role: Role.Viewer)));
    }

    [Fact]
    public async Task A_rule_tells_only_channels_that_are_linked_to_its_projects()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.ExecuteAsync("DELETE FROM channel_link WHERE project_id = 'Project_3'");

        await RefusedAsync(SreErrorKind.Invalid, "is not linked to Project_3", () => house.RuleAsync("create latency max > 20 in Project_1,Project_3"));

        await house.RuleAsync("create latency max > 20 in Project_1");
    }

    [Fact]
    public async Task A_name_is_taken_once_and_free_again_after_its_rule_is_deleted()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var commands = AlertDesk.Of(house).Commands;
        await commands.HandleAsync("create latency max > 20 in Project_1 as slow", house.Caller(), Cancel);

        await RefusedAsync(SreErrorKind.Conflict, "There is an alert \"Slow\" already", () => commands.HandleAsync("create latency max > 30 in Project_1 as Slow", house.Caller(), Cancel));
        await commands.HandleAsync("delete slow", house.Caller(), Cancel);
        await commands.HandleAsync("create latency max > 30 in Project_1 as Slow", house.Caller(), Cancel);

        var list = await commands.HandleAsync("list", house.Caller(), Cancel);
        var row = Assert.Single(Assert.IsType<ReplyTable>(Assert.Single(list.Blocks)).Rows);
        Assert.Equal(["Slow", "latency max > 30 ms over 5m", "Project_1", "resolved", "", ""], row);
    }

    [Fact]
    public async Task Who_sees_less_than_all_projects_or_has_other_conditions_sees_no_rule()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync("create latency max > 20 in Project_1,Project_2 as both");
        await house.RuleAsync("create latency max > 20 in Project_1 where platform = mobile as mobile");
        var other = await PostgresFixture.NewOrganizationAsync(house.Postgres, "other", "Project_9");

        Assert.Equal(["both", "mobile"], await NamesAsync(house, house.Scope));
        Assert.Equal(["mobile"], await NamesAsync(house, house.Scope.CutTo(["Project_1"])));
        Assert.Equal(["mobile"], await NamesAsync(house, house.Scope with { Conditions = [new("platform", "mobile")] }));
        Assert.Empty(await NamesAsync(house, house.Scope with { Conditions = [new("platform", "web")] }));
        Assert.Empty(await NamesAsync(house, house.Scope with { OrganizationId = other }));
    }

    private static async Task<IEnumerable<string>> NamesAsync(AlertHouse house, AccessScope scope) => (await house.Alerts.ListAsync(scope, Cancel)).Select(standing => standing.Rule.Name);

    /// <returns>The confirming button's value.</returns>
    private static async Task<string> PlanAsync(AlertHouse house, Caller caller)
    {
        var steps = new MemorySteps(house.Telemetry, house.Time);
        var tool = AlertDesk.Of(house).Plugin.CreateTools(new ToolContext(caller, steps, house.Time.GetUtcNow(), new Progress<string>())).Single(tool => tool.Name == "create_alert");
        var result = (ToolResult)(await tool.InvokeAsync(new AIFunctionArguments { ["metric"] = "error_rate", ["threshold"] = 5, ["projects"] = new[] { "Project_1" } }, Cancel))!;
        Assert.Single(steps.Steps);
        return result.Blocks.OfType<ReplyButtons>().Single().Buttons.Single().Value;
    }

    private static async Task RefusedAsync(SreErrorKind kind, string message, Func<Task> act)
    {
        var error = await Assert.ThrowsAsync<SreException>(act);
        Assert.Equal(kind, error.Kind);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
