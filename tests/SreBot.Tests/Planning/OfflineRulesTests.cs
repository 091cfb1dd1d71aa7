using SreBot.Access;
using SreBot.Alerts;
using SreBot.Incidents;
using SreBot.Model;
using SreBot.Planning;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Planning;

public sealed class OfflineRulesTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static readonly string[] Tools =
        ["explain_cause", "find_incident", "recent_incidents", "acknowledge_incident", "resolve_incident", "list_alerts", "create_alert", "mute_alert", "explain_alert",
        "metric_over_time", "compare_windows", "top_servers", "percentiles", "largest_swing"];

    public static TheoryData<string, string, string> Cases()
    {
        var cases = new TheoryData<string, string, string>();
        foreach (var row in CaseFile.Rows("Planning/Cases/questions.txt"))
        {
            cases.Add(row[0], row[1], row.Length > 2 ? row[2] : "");
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Maps_a_question_to_a_tool_and_its_arguments(string question, string tool, string arguments)
    {
        var turns = question.Split(">>", StringSplitOptions.TrimEntries);

        var call = OfflineRules.Read(turns[^1], turns.Length > 1 ? turns[0] : null, Tools);

        Assert.Equal((tool, arguments), (call.Tool ?? "say", string.Join("; ", call.Arguments.OrderBy(argument => argument.Key, StringComparer.Ordinal).Select(argument => $"{argument.Key}={argument.Value}"))));
    }

    [Fact]
    public async Task Names_only_tools_and_arguments_that_the_plugins_have()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        IEnumerable<IToolPlugin> plugins = [.. house.Plugins(), new IncidentPlugin(new IncidentStore(house.Postgres)), new AlertPlugin(new AlertStore(house.Postgres), new ConfirmationStore(house.Postgres, house.Time))];
        var context = await house.ContextAsync();
        var tools = plugins.SelectMany(plugin => plugin.CreateTools(context)).ToDictionary(tool => tool.Name, tool => tool.JsonSchema);

        foreach (var row in CaseFile.Rows("Planning/Cases/questions.txt").Where(row => row[1] != "say"))
        {
            var parameters = tools[row[1]].GetProperty("properties").EnumerateObject().Select(property => property.Name).ToList();
            Assert.All((row.Length > 2 ? row[2] : "").Split("; ", StringSplitOptions.RemoveEmptyEntries), argument => Assert.Contains(argument[..argument.IndexOf('=', StringComparison.Ordinal)], parameters));
        }
    }

    [Fact]
    public void Holds_at_least_forty_questions() => Assert.True(Cases().Count >= 40);

    [Fact]
    public void Passes_over_a_tool_that_there_is_not() => Assert.Equal("percentiles", OfflineRules.Read("p95 of server 9 by region", null, ["percentiles"]).Tool);
}
