using SreBot.Adapters.Chat;
using SreBot.Alerts.Forms;
using SreBot.Alerts.Rules;
using SreBot.Model;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Alerts;

/// <summary>The form of a rule is another way to write the same command.</summary>
public sealed class AlertFormTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_filled_in_form_makes_the_rule_that_its_command_would()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var forms = AlertDesk.Of(house).Forms;

        var form = Form(await forms.HandleAsync("", house.Caller(), Cancel));
        var reply = await forms.SubmitAsync(form.Value, Fill(form, (AlertField.Measure, ["error_rate ratio"]), (AlertField.Comparator, [">"]), (AlertField.Threshold, ["5 %"]), (AlertField.Window, ["10m"]),
            (AlertField.Projects, ["Project_1", "Project_3"]), (AlertField.Severity, ["critical"]), (AlertField.Name, ["checkout \"errors\""]), (AlertField.Lasting, ["2m"]),
            (AlertField.Where, ["platform = mobile"]), (AlertField.By, ["server_id"]), (AlertField.More, ["min 20 repeat every 30m"])), house.Caller(), Cancel);

        Assert.Null(reply.Mistakes);
        Assert.True(reply.IsPrivate);
        var rule = Assert.Single(await house.Alerts.RulesAsync(house.Scope, Cancel));
        Assert.Equal("create error_rate ratio > 5% over 10m for 2m cooldown 5m min 20 in Project_1,Project_3 where platform = mobile by server_id severity critical notify slack:T01/C02 repeat every 30m as \"checkout \\\"errors\\\"\"",
            AlertText.Command(rule));
    }

    [Theory]
    [InlineData(AlertField.Threshold, "many", "This should be a number in ms")]
    [InlineData(AlertField.Threshold, "20 %", "This should be a number in ms")]
    [InlineData(AlertField.Threshold, "", "This is needed.")]
    [InlineData(AlertField.Measure, "", "This is needed.")]
    [InlineData(AlertField.Window, "90s", "This should be a window of whole minutes")]
    [InlineData(AlertField.Window, "2000d", "This should be a window of whole minutes")]
    [InlineData(AlertField.Lasting, "soon", "This should be a time of whole minutes")]
    [InlineData(AlertField.Where, "colour = red", "This should be a dimension")]
    [InlineData(AlertField.Where, "service", "This should be =")]
    [InlineData(AlertField.Notify, "everybody", "This should be #here")]
    [InlineData(AlertField.More, "recovery 90 ms", "clear side")]
    [InlineData(AlertField.More, "frobnicate 3", "This should be over")]
    [InlineData(AlertField.More, "over 10m", "a second over")]
    [InlineData(AlertField.Name, "two\nlines", "on one line")]
    public async Task A_mistake_stands_beside_its_field_and_makes_nothing(string field, string value, string sentence)
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var forms = AlertDesk.Of(house).Forms;
        var form = Form(await forms.HandleAsync("", house.Caller(), Cancel));

        var reply = await forms.SubmitAsync(form.Value, Fill(form, (AlertField.Measure, ["latency max"]), (AlertField.Threshold, ["20 ms"]), (field, value.Length == 0 ? [] : [value])), house.Caller(), Cancel);

        var mistake = Assert.Single(reply.Mistakes!);
        Assert.Equal(field, mistake.Key);
        Assert.Contains(sentence, mistake.Value, StringComparison.Ordinal);
        Assert.Contains(mistake.Value, reply.Summary, StringComparison.Ordinal);
        Assert.Empty(await house.Alerts.RulesAsync(house.Scope, Cancel));
    }

    [Fact]
    public async Task A_name_that_is_taken_and_a_channel_that_may_not_be_told_are_said_where_they_were_written()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync("create latency max > 20 ms in Project_1 as \"slow\"");
        await house.ExecuteAsync("DELETE FROM channel_link WHERE project_id = 'Project_3'");
        var forms = AlertDesk.Of(house).Forms;
        var form = Form(await forms.HandleAsync("", house.Caller(), Cancel));
        Task<ChatReply> SendAsync(string project, string name) => forms.SubmitAsync("", Fill(form, (AlertField.Measure, ["latency max"]), (AlertField.Threshold, ["20"]), (AlertField.Projects, [project]), (AlertField.Name, [name])), house.Caller(), Cancel);

        Assert.Equal(AlertField.Name, Assert.Single((await SendAsync("Project_1", "slow")).Mistakes!).Key);
        Assert.Equal(AlertField.Notify, Assert.Single((await SendAsync("Project_3", "other")).Mistakes!).Key);
    }

    [Fact]
    public async Task The_form_of_a_rule_says_what_the_rule_says_and_changes_only_what_was_changed()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var before = await house.RuleAsync("create error_rate between 5% and 10% over 10m for 2m cooldown 10m min 20 in Project_1 where platform = mobile by server_id repeat every 30m runbook https://wiki.example/errors as \"errors of all\"");
        var forms = AlertDesk.Of(house).Forms;

        var form = Form(await forms.HandleAsync(AlertForms.Edit("Errors of all"), house.Caller(), Cancel));
        Assert.Equal("cooldown 10m min 20 repeat every 30m runbook \"https://wiki.example/errors\"", Initial(form, AlertField.More));
        Assert.Equal(("5% and 10%", "between", "10m"), (Initial(form, AlertField.Threshold), Initial(form, AlertField.Comparator), Initial(form, AlertField.Window)));
        var reply = await forms.SubmitAsync(form.Value, Fill(form, (AlertField.Comparator, [">="]), (AlertField.Threshold, ["7%"]), (AlertField.Where, []), (AlertField.By, []), (AlertField.Lasting, []),
            (AlertField.Notify, []), (AlertField.Name, ["errors"]), (AlertField.More, ["min 30 runbook \"https://wiki.example/errors\""])), house.Caller(), Cancel);

        Assert.Null(reply.Mistakes);
        var after = Assert.Single(await house.Alerts.RulesAsync(house.Scope, Cancel));
        Assert.Equal("create error_rate ratio >= 7% over 10m cooldown 5m min 30 in Project_1 severity warning notify none runbook \"https://wiki.example/errors\" as \"errors\"", AlertText.Command(after));
        Assert.Equal((before.Id, 2), (after.Id, after.Version));
    }

    [Fact]
    public async Task A_form_of_a_rule_that_another_changed_since_changes_nothing()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync("create latency max > 20 ms in Project_1 as \"slow\"");
        var desk = AlertDesk.Of(house);
        var form = Form(await desk.Forms.HandleAsync(AlertForms.Edit("slow"), house.Caller(), Cancel));
        await desk.SayAsync("edit slow threshold > 30 ms", house.Caller("Bob"));

        var error = await Assert.ThrowsAsync<SreException>(() => desk.Forms.SubmitAsync(form.Value, Fill(form, (AlertField.Window, ["10m"])), house.Caller(), Cancel));

        Assert.Equal(SreErrorKind.Conflict, error.Kind);
        Assert.Equal(30, Assert.Single(await house.Alerts.RulesAsync(house.Scope, Cancel)).Threshold);
    }

    [Fact]
    public async Task A_form_that_changes_nothing_says_so()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync("create latency max > 20 ms in Project_1 as \"slow\"");
        var forms = AlertDesk.Of(house).Forms;
        var form = Form(await forms.HandleAsync(AlertForms.Edit("slow"), house.Caller(), Cancel));

        var error = await Assert.ThrowsAsync<SreException>(() => forms.SubmitAsync(form.Value, Fill(form), house.Caller(), Cancel));

        Assert.Equal("Nothing is changed yet.", error.Message);
    }

    [Fact]
    public async Task Who_may_not_make_alerts_gets_no_form_and_cannot_send_one()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var forms = AlertDesk.Of(house).Forms;
        var form = Form(await forms.HandleAsync("", house.Caller(), Cancel));
        var viewer = house.Caller(role: Role.Viewer);

        Assert.Equal(SreErrorKind.Forbidden, (await Assert.ThrowsAsync<SreException>(() => forms.HandleAsync("", viewer, Cancel))).Kind);
        Assert.Equal(SreErrorKind.Forbidden, (await Assert.ThrowsAsync<SreException>(() =>
            forms.SubmitAsync("", Fill(form, (AlertField.Measure, ["latency max"]), (AlertField.Threshold, ["20 ms"])), viewer, Cancel))).Kind);
        Assert.Empty(await house.Alerts.RulesAsync(house.Scope, Cancel));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("create", "")]
    [InlineData("edit errors", "edit \"errors\"")]
    [InlineData("edit \"all errors\"", "edit \"all errors\"")]
    [InlineData("list", null)]
    [InlineData("edit errors threshold > 7%", null)]
    [InlineData("create latency max > 20 ms", null)]
    public async Task A_command_that_leaves_all_to_say_asks_for_the_form(string text, string? value)
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);

        Assert.Equal(value, AlertDesk.Of(house).Commands.Form(text)?.Value);
    }

    private static ReplyForm Form(ChatReply reply) => Assert.IsType<ReplyForm>(Assert.Single(reply.Blocks));

    private static string Initial(ReplyForm form, string name) => Assert.Single(form.Fields.Single(field => field.Name == name).Initial);

    /// <summary>What the form says, with what a person changed in it.</summary>
    private static Dictionary<string, IReadOnlyList<string>> Fill(ReplyForm form, params (string Name, string[] Values)[] changed)
    {
        var fields = form.Fields.ToDictionary(field => field.Name, field => field.Initial);
        foreach (var (name, values) in changed)
        {
            fields[name] = values;
        }

        return fields;
    }
}
