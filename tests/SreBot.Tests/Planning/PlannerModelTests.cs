using System.Text.Json;
using SreBot.Adapters.Chat;
using SreBot.Cli.Seeding;
using SreBot.Model;
using SreBot.Planning;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Planning;

public sealed class PlannerModelTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private const string WithoutModel = "The language model did not answer; this is computed without it.";
    private const string Question = "which server has the highest latency?";

    [Fact]
    public async Task Lets_the_model_choose_a_tool_and_word_the_answer()
    {
        var house = await SlowServerAsync();
        await using var model = await ScriptedModel.StartAsync();
        model.Calls("top_servers", """{"metric":"latency","window":"last 20 minutes"}""").Says("Server_9 is by far the slowest.\n- Look at Server_9 first.");

        var reply = await AskAsync(house, model);

        Assert.Empty(model.Faults);
        Assert.Equal("Server_9 is by far the slowest.", reply.Summary);
        Assert.Contains(reply.Blocks.OfType<ReplyTable>(), table => table.Rows[0][0] == "Server_9");
        Assert.DoesNotContain(WithoutModel, QuestionHouse.Text(reply), StringComparison.Ordinal);
        var result = model.Requests[1].GetProperty("messages").EnumerateArray().Last();
        Assert.Equal("tool", result.GetProperty("role").GetString());
        Assert.Contains("Server_9", result.GetProperty("content").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gives_the_model_the_incidents_request_and_its_servers_hours()
    {
        var house = await SlowServerAsync();
        house.Incidents.All.Add(new IncidentFacts
        {
            Id = 3, Title = "Slow", Status = "open", Severity = "warning", Projects = ["Project_1"], OpenedAt = QuestionHouse.Now.AddMinutes(-19), StartedAt = QuestionHouse.Now.AddMinutes(-20), ServerId = "Server_9", Metric = "latency", Aggregate = "max",
        });
        await using var model = await ScriptedModel.StartAsync();
        model.Calls("explain_cause", """{"incident_id":"INC-3"}""").Says("- Server_9 itself became slow.");

        var reply = await AskAsync(house, model, "what is the root cause of INC-3?");

        Assert.Empty(model.Faults);
        var offered = model.Requests[0].GetProperty("tools").EnumerateArray().Single(tool => tool.GetProperty("function").GetProperty("name").GetString() == "explain_cause");
        Assert.True(offered.GetProperty("function").GetProperty("parameters").GetProperty("properties").TryGetProperty("incident_id", out _));
        var given = model.Requests[1].GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString()!;
        Assert.Contains("\"Request data\"", given, StringComparison.Ordinal);
        Assert.Contains("\"Server stats data\"", given, StringComparison.Ordinal);
        Assert.Contains("bullets", model.Requests[1].GetProperty("messages")[0].GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Equal(["What changed and when", "Who is affected", "Likely causes", "Ruled out", "Next steps"], reply.Blocks.OfType<ReplySection>().Where(section => section.Title is not null).Select(section => section.Title));
    }

    [Fact]
    public async Task Strikes_what_a_lying_model_says()
    {
        var house = await SlowServerAsync();
        await using var model = await ScriptedModel.StartAsync();
        model.Calls("top_servers", "{}").Says("Server_9 is the slowest. It took 987654 ms. Server_77 was hacked. Visit https://evil.example now.");

        var reply = await AskAsync(house, model);

        var text = QuestionHouse.Text(reply);
        Assert.Contains("Server_9 is the slowest.", text, StringComparison.Ordinal);
        Assert.All(["987654", "Server_77", "evil"], lie => Assert.DoesNotContain(lie, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Gives_the_computed_answer_when_nothing_that_the_model_says_holds()
    {
        var house = await SlowServerAsync();
        await using var model = await ScriptedModel.StartAsync();
        model.Calls("top_servers", "{}").Says("It took 987654 ms.");

        Assert.StartsWith("Server_9 has the highest mean latency", (await AskAsync(house, model)).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_the_model_what_is_wrong_with_a_call_and_goes_on()
    {
        var house = await SlowServerAsync();
        await using var model = await ScriptedModel.StartAsync();
        model.Calls("top_servers", """{"metric":"latncy"}""").Calls("drop_tables", "{}").Calls("top_servers", """{"count":"many"}""").Says("I could not find that.");

        var reply = await AskAsync(house, model);

        var told = model.Requests[3].GetProperty("messages").EnumerateArray().Where(message => message.GetProperty("role").GetString() == "tool").Select(message => message.GetProperty("content").GetString()!).ToList();
        Assert.Contains("did you mean latency", told[0], StringComparison.Ordinal);
        Assert.Contains("There is no tool of that name", told[1], StringComparison.Ordinal);
        Assert.Contains("could not be read", told[2], StringComparison.Ordinal);
        Assert.Equal("I could not find that.", reply.Summary);
    }

    [Theory]
    [InlineData("429")]
    [InlineData("500")]
    [InlineData("bad JSON")]
    [InlineData("bad arguments")]
    [InlineData("no choices")]
    [InlineData("1 MB")]
    [InlineData("endless")]
    public async Task Computes_the_answer_and_says_so_once_when_the_model_fails(string how)
    {
        var house = await SlowServerAsync();
        await using var model = await ScriptedModel.StartAsync();
        _ = how switch
        {
            "429" => model.Refuses(429),
            "500" => model.Refuses(500),
            "bad JSON" => model.Writes("{\"id\":"),
            "bad arguments" => model.Calls("top_servers", "{not json"),
            "no choices" => model.Writes("{}"),
            "1 MB" => model.Says(new string('x', 1_000_000)),
            _ => model.Calls("recent_nothing", "{}"),
        };
        model.RepeatsLast = how == "endless";

        var reply = await AskAsync(house, model);

        Assert.Empty(model.Faults);
        Assert.StartsWith("Server_9 has the highest mean latency", reply.Summary, StringComparison.Ordinal);
        Assert.Single(QuestionHouse.Text(reply).Split('\n'), line => line == WithoutModel);
        Assert.InRange(model.Requests.Count, 1, 8);
    }

    [Fact]
    public async Task Computes_the_answer_when_nobody_listens_there()
    {
        var house = await SlowServerAsync();
        PlannerOptions options;
        await using (var model = await ScriptedModel.StartAsync())
        {
            options = model.Options;
        }

        using var client = new OpenAiChatClient(Microsoft.Extensions.Options.Options.Create(options));
        var reply = await house.AskAsync(Question, null, house.Planner(client, options));

        Assert.Contains(WithoutModel, QuestionHouse.Text(reply), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaves_out_the_data_of_a_result_that_is_too_large_for_a_model()
    {
        var guard = new ToolGuard(Microsoft.Extensions.Logging.Abstractions.NullLogger<ToolGuard>.Instance);
        var tool = SreBot.Evidence.PluginTool.Of("large", "returns much", () => new ToolResult("All of it.", [], new { text = new string('x', 1_000_000) }));

        var run = await guard.RunAsync([tool], new Microsoft.Extensions.AI.FunctionCallContent("1", "large", new Dictionary<string, object?>()), TestContext.Current.CancellationToken);

        Assert.InRange(run.Text.Length, 1, 1000);
        Assert.Equal("All of it.", JsonDocument.Parse(run.Text).RootElement.GetProperty("summary").GetString());
    }

    private static async Task<ChatReply> AskAsync(QuestionHouse house, ScriptedModel model, string question = Question)
    {
        using var client = new OpenAiChatClient(Microsoft.Extensions.Options.Options.Create(model.Options));
        return await house.AskAsync(question, null, house.Planner(client, model.Options));
    }

    private async Task<QuestionHouse> SlowServerAsync()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        await house.SeedAsync(plan => plan.With(CauseDraw.SlowServer("Server_9", 3, new TimeWindow(QuestionHouse.Now.AddMinutes(-20), QuestionHouse.Now))), hours: 2);
        return house;
    }
}
