using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace SreBot.Tests.Scenario;

/// <summary>A pipeline and a person report changes to one SreBot with its demo.</summary>
public sealed class ChangeScenarioTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private SreBotProcess srebot = null!;

    public async ValueTask InitializeAsync() => srebot = await SreBotProcess.StartAsync(folder.Path);

    public async ValueTask DisposeAsync()
    {
        await srebot.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Changes_are_taken_from_pipelines_chat_and_the_command_line()
    {
        await TakesAReportAndItsRetryOnceAsync();
        await AnswersMistakesWithASentenceAsync();
        await TakesACommandAsync();
        await TakesTheCommandLineAsync();
    }

    private async Task TakesAReportAndItsRetryOnceAsync()
    {
        const string Report = """{"kind":"deploy","service":"checkout","version":"v4711","who":"pipeline","link":"https://ci.example/runs/1","projects":["Project_1","Project_2"]}""";
        var (created, first) = await PostAsync(Report);
        var (repeated, again) = await PostAsync(Report);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (created, repeated));
        Assert.True(first.GetProperty("isNew").GetBoolean());
        Assert.False(again.GetProperty("isNew").GetBoolean());
        Assert.Equal(first.GetProperty("id").GetString(), again.GetProperty("id").GetString());
        Assert.Equal("deploy of checkout v4711", again.GetProperty("title").GetString());
        Assert.Equal(["Project_1", "Project_2"], again.GetProperty("projects").EnumerateArray().Select(project => project.GetString()));
    }

    private async Task AnswersMistakesWithASentenceAsync()
    {
        using var nobody = await srebot.Http.PostAsync(new Uri(srebot.Address, "/changes"), new StringContent("{}", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);

        foreach (var (body, expected) in new[]
        {
            ("", "The body is not JSON"),
            ("[1]", "one JSON object"),
            ("""{"service":"checkout","verison":"v1"}""", "There is no field 'verison'"),
            ("""{"service":"checkout","version":42}""", "The field 'version' should be text"),
            ("""{"service":"checkout"}""", "A deploy needs the version"),
            ("""{"version":"v1"}""", "The service is missing"),
            ("""{"service":"checkout","version":"v1","timestamp":"soon"}""", "The timestamp should be like"),
            ("""{"service":"checkout","version":"v1","timestamp":"2199-01-01T00:00:00Z"}""", "has not come yet"),
            ("""{"service":"checkout","version":"v1","link":"file:///etc/passwd"}""", "is no web address"),
            ("""{"service":"checkout","version":"v1","projects":7}""", "The projects should be names"),
            ("""{"service":"checkout","version":"v1","project":"Project_99"}""", "There is no project 'Project_99'"),
            ($$"""{"service":"checkout","version":"{{new string('v', 70_000)}}"}""", "larger than 64 KB"),
        })
        {
            var (status, answer) = await PostAsync(body);

            Assert.True(status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound, $"{body}: {status}");
            Assert.Contains(expected, answer.GetProperty("error").GetString(), StringComparison.Ordinal);
        }
    }

    private async Task TakesACommandAsync()
    {
        Assert.StartsWith("Recorded: deploy of checkout v4712 at ", await srebot.AskAsync("deploy checkout v4712 in Project_3 at 1 minute ago"), StringComparison.Ordinal);
        Assert.StartsWith("Recorded: flag change of checkout new-cart=on at ", await srebot.AskAsync("change flag checkout new-cart=on"), StringComparison.Ordinal);
        Assert.DoesNotContain("Recorded", await srebot.AskAsync("deploy checkout v4712 broke it?"), StringComparison.Ordinal);
        Assert.Contains("There is no project", (await PostAsync("/sre_query", """{"input":{"question":"deploy checkout v1 in Project_77"}}""")).Answer.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private async Task TakesTheCommandLineAsync()
    {
        var (exitCode, output, error) = await SreBotProcess.RunAsync("deploy", "checkout", "v4713", "--id", "run-9", "--link", "https://ci.example/9", "--data", folder.Path);
        Assert.True(exitCode == 0, error);
        Assert.StartsWith("Recorded: deploy of checkout v4713 at ", output, StringComparison.Ordinal);

        var again = await SreBotProcess.RunAsync("deploy", "checkout", "v4713", "--id", "run-9", "--data", folder.Path);
        Assert.StartsWith("Recorded already: ", again.Output, StringComparison.Ordinal);

        var other = await SreBotProcess.RunAsync("deploy", "checkout", "v4714", "--id", "run-9", "--data", folder.Path);
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("run-9", Assert.Single(other.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    private Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(string body) => PostAsync("/changes", body);

    private async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(srebot.Address, path)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", srebot.AdminToken);
        using var response = await srebot.Http.SendAsync(request);
        return (response.StatusCode, JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()));
    }
}
