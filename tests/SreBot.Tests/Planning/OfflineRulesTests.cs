using SreBot.Access;
using SreBot.Alerts;
using SreBot.Alerts.Backtests;
using SreBot.Incidents;
using SreBot.Model;
using SreBot.Planning;
using SreBot.Tests.Alerts.Backtests;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Planning;

public sealed class OfflineRulesTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private const string Developed = "Planning/Cases/questions.txt";
    private const string HeldOut = "Planning/Cases/questions-heldout.txt";

    private static readonly string[] Tools =
        ["explain_cause", "find_incident", "recent_incidents", "acknowledge_incident", "snooze_incident", "resolve_incident", "list_alerts", "create_alert", "mute_alert", "silence_alerts", "delete_alert",
        "subscribe_to_alert", "explain_alert", "metric_over_time", "compare_windows", "top_servers", "percentiles", "largest_swing", "recent_changes", "backtest_alert", "suggest_threshold"];

    [Theory]
    [InlineData(Developed, 150)]
    [InlineData(HeldOut, 50)]
    public void Reads_95_of_100_questions_rightly(string file, int least)
    {
        var rows = CaseFile.Rows(file).ToList();

        var wrong = rows.Select(row => (Question: row[0], Wanted: $"{row[1]} | {(row.Length > 2 ? row[2] : "")}", Got: Call(row[0]))).Where(item => item.Wanted != item.Got).ToList();

        var list = $"{wrong.Count} of {rows.Count} are wrong:\n{string.Join('\n', wrong.Select(item => $"{item.Question}\n  wanted {item.Wanted}\n  got    {item.Got}"))}";
        TestContext.Current.TestOutputHelper!.WriteLine(list);
        Assert.True(rows.Select(row => row[0].ToLowerInvariant()).Distinct().Count() >= least);
        Assert.True(wrong.Count <= 0.05 * rows.Count, list);
    }

    [Fact]
    public async Task Names_only_tools_and_arguments_that_the_plugins_have()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        IEnumerable<IToolPlugin> plugins = [.. house.Plugins(), new IncidentPlugin(new IncidentStore(house.Postgres), new ConfirmationStore(house.Postgres, house.Time)),
            AlertDesk.Of(house.Postgres, house.Telemetry, house.Time).Plugin, new BacktestPlugin(BacktestHouse.Backtester(house.Telemetry), new AlertStore(house.Postgres), house.Windows)];
        var context = await house.ContextAsync();
        var tools = plugins.SelectMany(plugin => plugin.CreateTools(context)).ToDictionary(tool => tool.Name, tool => tool.JsonSchema.GetProperty("properties").EnumerateObject().Select(property => property.Name).ToList());

        foreach (var row in CaseFile.Rows(Developed).Concat(CaseFile.Rows(HeldOut)).Where(row => row[1] != "say"))
        {
            Assert.All((row.Length > 2 ? row[2] : "").Split("; ", StringSplitOptions.RemoveEmptyEntries), argument => Assert.Contains(argument[..argument.IndexOf('=', StringComparison.Ordinal)], tools[row[1]]));
        }
    }

    [Fact]
    public void Passes_over_a_tool_that_there_is_not() => Assert.Equal("percentiles", OfflineRules.Read("p95 of server 9 by region", [], ["percentiles"]).Tool);

    private static string Call(string question)
    {
        var turns = question.Split(">>", StringSplitOptions.TrimEntries);
        var call = OfflineRules.Read(turns[^1], turns[..^1], Tools);
        return $"{call.Tool ?? "say"} | {string.Join("; ", call.Arguments.OrderBy(argument => argument.Key, StringComparer.Ordinal).Select(argument => $"{argument.Key}={(argument.Value is string[] several ? string.Join(", ", several) : argument.Value)}"))}";
    }
}
