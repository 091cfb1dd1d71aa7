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
        using var client = new OpenAiChatClient(Microsoft.Extensions.Options.Options.Create(model.Options), TimeProvider.System);
        return await house.AskAsync(question, null, house.Planner(client, model.Options));
    }

    private async Task<QuestionHouse> SlowServerAsync()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        await house.SeedAsync(plan => plan.With(CauseDraw.SlowServer("Server_9", 3, new TimeWindow(QuestionHouse.Now.AddMinutes(-20), QuestionHouse.Now))), hours: 2);
        return house;
    }
}
