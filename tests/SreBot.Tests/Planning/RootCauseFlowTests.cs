using System.Text.Json;
using System.Text.Json.Nodes;
using SreBot.Adapters.Chat;
using SreBot.Cli.Seeding;
using SreBot.Model;
using SreBot.Planning;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Planning;

/// <summary>The tutorial's flow over a scripted model, and the sections that every root-cause answer has.</summary>
public sealed class RootCauseFlowTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static readonly string[] Sections = ["What changed and when", "Who is affected", "Likely causes", "Ruled out", "Next steps"];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Offers_the_incident_id_and_then_hands_over_its_request_and_its_servers_hours()
    {
        var house = await IncidentAsync();
        await using var model = await ScriptedModel.StartAsync();
        model.Calls("explain_cause", """{"incident_id":"INC-3"}""").Says("- Server_9 itself became slow.\n\nNext steps:\n- Take Server_9 out of rotation.");

        var reply = await AskAsync(house, model, "what is the root cause of INC-3?");

        Assert.Empty(model.Faults);
        TestContext.Current.TestOutputHelper!.WriteLine($"{First(model.Requests[0])}\n{Second(model.Requests[1])}");
        Assert.Equal(Golden("root-cause-first.json"), First(model.Requests[0]));
        Assert.Equal(Golden("root-cause-second.json"), Second(model.Requests[1]));
        Assert.Equal("Server_9 itself became slow.", reply.Summary);
        Assert.Equal(Sections, Titles(reply));
        Assert.All(reply.Blocks.OfType<ReplySection>().Where(section => Sections.Contains(section.Title)), section => Assert.NotEmpty(section.Paragraphs.Concat(section.Bullets)));
    }

    [Theory]
    [InlineData("what is the root cause of INC-3?")]
    [InlineData("why is Server_9 slow?")]
    [InlineData("why is everything slow?")]
    [InlineData("why is cart failing?")]
    [InlineData("who is affected by INC-3?")]
    public async Task Has_every_section_without_a_model(string question)
    {
        var house = await IncidentAsync();

        var reply = await house.AskAsync(question);

        Assert.Equal(Sections, Titles(reply));
        Assert.All(reply.Blocks.OfType<ReplySection>().Where(section => Sections.Contains(section.Title)), section => Assert.NotEmpty(section.Paragraphs.Concat(section.Bullets)));
    }

    [Fact]
    public async Task Has_every_section_when_nothing_that_the_model_says_holds()
    {
        var house = await IncidentAsync();
        await using var model = await ScriptedModel.StartAsync();
        model.Calls("explain_cause", """{"incident_id":"INC-3"}""").Says("Forty-one servers melted.");

        Assert.Equal(Sections, Titles(await AskAsync(house, model, "what is the root cause of INC-3?")));
    }

    private static IEnumerable<string?> Titles(ChatReply reply) => reply.Blocks.OfType<ReplySection>().Where(section => section.Title is not null).Select(section => section.Title);

    /// <summary>What was said, and the tool with its arguments; the other tools by name.</summary>
    private static string First(JsonElement request) => Write(new JsonObject
    {
        ["model"] = request.GetProperty("model").GetString(),
        ["messages"] = new JsonArray([.. request.GetProperty("messages").EnumerateArray().Select(Message)]),
        ["tools"] = new JsonArray([.. request.GetProperty("tools").EnumerateArray().Select(tool => (JsonNode)tool.GetProperty("function").GetProperty("name").GetString()!)]),
        ["explain_cause"] = new JsonArray([.. request.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("function")).Single(tool => tool.GetProperty("name").GetString() == "explain_cause")
            .GetProperty("parameters").GetProperty("properties").EnumerateObject().Select(property => (JsonNode)property.Name)]),
    });

    /// <summary>What was said, and of the tool's result the sections with the columns of what was recorded; its figures are other tests' matter.</summary>
    private static string Second(JsonElement request)
    {
        var messages = request.GetProperty("messages").EnumerateArray().ToList();
        var data = JsonDocument.Parse(messages[^1].GetProperty("content").GetString()!).RootElement.GetProperty("data");
        return Write(new JsonObject
        {
            ["messages"] = new JsonArray([.. messages.SkipLast(1).Select(Message)]),
            ["sections"] = new JsonArray([.. data.EnumerateObject().Select(section => (JsonNode)section.Name).OrderBy(name => (string)name!, StringComparer.Ordinal)]),
            ["Request data"] = Columns(data.GetProperty("Request data")),
            ["Server stats data"] = Columns(data.GetProperty("Server stats data")),
        });
    }

    private static JsonNode Message(JsonElement message)
    {
        var shown = new JsonObject { ["role"] = message.GetProperty("role").GetString() };
        if (message.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String)
            shown["content"] = new JsonArray([.. content.GetString()!.ReplaceLineEndings("\n").Split('\n').Select(line => (JsonNode)line)]);
        if (message.TryGetProperty("tool_calls", out var calls))
            shown["calls"] = new JsonArray([.. calls.EnumerateArray().Select(call => (JsonNode)$"{call.GetProperty("function").GetProperty("name").GetString()} {call.GetProperty("function").GetProperty("arguments").GetString()}")]);
        return shown;
    }

    private static JsonArray Columns(JsonElement records) => new([.. records[0].EnumerateObject().Select(cell => (JsonNode)cell.Name)]);

    private static string Write(JsonNode node) => node.ToJsonString(Indented).ReplaceLineEndings("\n");

    private static string Golden(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Planning/Cases", name)).ReplaceLineEndings("\n").TrimEnd();

    private static async Task<ChatReply> AskAsync(QuestionHouse house, ScriptedModel model, string question)
    {
        using var client = new OpenAiChatClient(Microsoft.Extensions.Options.Options.Create(model.Options), TimeProvider.System);
        return await house.AskAsync(question, null, house.Planner(client, model.Options));
    }

    /// <summary>INC-3 hangs on the slowest request of Server_9.</summary>
    private async Task<QuestionHouse> IncidentAsync()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        await house.SeedAsync(plan => plan.With(CauseDraw.SlowServer("Server_9", 3, new TimeWindow(QuestionHouse.Now.AddMinutes(-20), QuestionHouse.Now))), hours: 3);
        var worst = await (await house.ContextAsync()).Steps.ReadAsync("the worst request", house.Scope, new TelemetryQuery(
            "SELECT request_id FROM {database:Identifier}.request WHERE /*scope*/ AND server_id = 'Server_9' ORDER BY execution_time DESC LIMIT 1", new Dictionary<string, object?>()), Cancel);
        house.Incidents.All.Add(new IncidentFacts
        {
            Id = 3, Title = "Slow", Status = "open", Severity = "warning", Projects = ["Project_1", "Project_2", "Project_3"], OpenedAt = QuestionHouse.Now.AddMinutes(-19), StartedAt = QuestionHouse.Now.AddMinutes(-20),
            ServerId = "Server_9", RequestId = worst.Table.Text(0, "request_id"), Metric = "latency", Aggregate = "max",
        });
        return house;
    }
}
