using SreBot.Adapters.Chat;
using SreBot.Cli.Seeding;
using SreBot.Model;
using SreBot.Planning;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Planning;

/// <summary>Whatever a model does, the person gets the computed answer, and is told once that no model worded it.</summary>
public sealed class PlannerFailureTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private const string WithoutModel = "The language model did not answer; this is computed without it.";
    private const string Question = "which server has the highest latency?";

    [Theory]
    [InlineData("429", 1)]
    [InlineData("429 twice", 2)]
    [InlineData("500", 1)]
    [InlineData("bad JSON", 1)]
    [InlineData("bad arguments", 1)]
    [InlineData("no choices", 1)]
    [InlineData("empty choices", 1)]
    [InlineData("1 MB of text", 1)]
    [InlineData("1 MB of arguments", 1)]
    [InlineData("broken off", 1)]
    [InlineData("too many calls", 1)]
    [InlineData("endless calls", 8)]
    public async Task Computes_the_answer_and_says_so_once_when_the_model_fails(string how, int requests)
    {
        var house = await SlowServerAsync();
        await using var model = await ScriptedModel.StartAsync();
        _ = how switch
        {
            "429" => model.Refuses(429),
            "429 twice" => model.Refuses(429, "0").Refuses(429, "0"),
            "500" => model.Refuses(500),
            "bad JSON" => model.Writes("{\"id\":"),
            "bad arguments" => model.Calls("top_servers", "{not json"),
            "no choices" => model.Writes("{}"),
            "empty choices" => model.Writes("""{"id":"c1","object":"chat.completion","created":1,"model":"test-model","choices":[]}"""),
            "1 MB of text" => model.Says(new string('x', 1_000_000)),
            "1 MB of arguments" => model.Calls("top_servers", $$"""{"metric":"{{new string('x', 1_000_000)}}"}"""),
            "broken off" => model.Breaks(),
            "too many calls" => model.CallsAtOnce("top_servers", 17),
            _ => model.Calls("recent_nothing", "{}"),
        };
        model.RepeatsLast = how == "endless calls";

        var reply = await AskAsync(house, model);

        Assert.Empty(model.Faults);
        AssertComputed(reply);
        Assert.Equal(requests, model.Requests.Count);
    }

    [Fact]
    public async Task Asks_once_more_when_the_model_says_to_come_back_soon()
    {
        var house = await SlowServerAsync();
        await using var model = await ScriptedModel.StartAsync();
        model.Refuses(429, "0").Calls("top_servers", "{}").Says("Server_9 is by far the slowest.");

        var reply = await AskAsync(house, model);

        Assert.Empty(model.Faults);
        Assert.Equal("Server_9 is by far the slowest.", reply.Summary);
        Assert.DoesNotContain(WithoutModel, QuestionHouse.Text(reply), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_it_once_in_each_answer_of_a_thread()
    {
        var house = await SlowServerAsync();
        await using var model = await ScriptedModel.StartAsync();
        model.Refuses(500);
        model.RepeatsLast = true;
        using var client = Client(model.Options);
        var planner = house.Planner(client, model.Options);

        var first = await house.AskAsync(Question, "web:acme/general/1", planner);
        var second = await house.AskAsync("and by p95?", "web:acme/general/1", planner);

        AssertComputed(first);
        Assert.StartsWith("Server_9 has the highest p95 latency", second.Summary, StringComparison.Ordinal);
        Assert.Single(QuestionHouse.Text(second).Split('\n'), line => line == WithoutModel);
        Assert.DoesNotContain(WithoutModel, model.Requests[^1].GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waits_no_longer_than_three_quarters_of_the_time()
    {
        var house = await SlowServerAsync();
        await using var model = await ScriptedModel.StartAsync();
        var asked = new TaskCompletionSource();
        model.Hangs(asked);
        using var client = Client(model.Options);

        var answer = house.AskAsync(Question, null, house.Planner(client, model.Options));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        house.Time.Advance(TimeSpan.FromSeconds(46));

        AssertComputed(await answer);
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

        using var client = Client(options);

        AssertComputed(await house.AskAsync(Question, null, house.Planner(client, options)));
    }

    private static void AssertComputed(ChatReply reply)
    {
        Assert.StartsWith("Server_9 has the highest mean latency", reply.Summary, StringComparison.Ordinal);
        Assert.Single(QuestionHouse.Text(reply).Split('\n'), line => line == WithoutModel);
    }

    private static OpenAiChatClient Client(PlannerOptions options) => new(Microsoft.Extensions.Options.Options.Create(options), TimeProvider.System);

    private static async Task<ChatReply> AskAsync(QuestionHouse house, ScriptedModel model)
    {
        using var client = Client(model.Options);
        return await house.AskAsync(Question, null, house.Planner(client, model.Options));
    }

    private async Task<QuestionHouse> SlowServerAsync()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        await house.SeedAsync(plan => plan.With(CauseDraw.SlowServer("Server_9", 3, new TimeWindow(QuestionHouse.Now.AddMinutes(-20), QuestionHouse.Now))), hours: 2);
        return house;
    }
}
