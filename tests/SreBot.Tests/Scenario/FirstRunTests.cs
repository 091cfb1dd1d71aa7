using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace SreBot.Tests.Scenario;

/// <summary>What a new user does first, over HTTP, against one SreBot that was started on an empty folder.</summary>
public sealed class FirstRunTests : IAsyncLifetime
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
    public async Task A_fresh_folder_answers_questions_with_evidence()
    {
        Assert.NotNull(srebot.AdminToken);
        var answer = await srebot.AskAsync("why is INC-1 slow?");
        Assert.Contains("Server", answer, StringComparison.Ordinal);
        Assert.Contains("Chart: ", answer, StringComparison.Ordinal);

        var truth = await TruthAsync();
        Assert.Contains(truth.Replace("_", "\\_", StringComparison.Ordinal), answer, StringComparison.Ordinal);

        Assert.Contains("INC-1", await srebot.AskAsync("why is INC-99 slow?"), StringComparison.Ordinal);
        Assert.Contains(truth.Replace("_", "\\_", StringComparison.Ordinal), await srebot.AskAsync("which server had the highest mean latency in the last hour?"), StringComparison.Ordinal);
        await OneHelpfulSentenceAsync("");
        await OneHelpfulSentenceAsync(new string('x', 100_000));
        await OneHelpfulSentenceAsync("SELECT * FROM request; DROP TABLE request");

        await RefusesStrangersAsync();
        await NarrowsByHeadersAsync();
        await TakesABasicPasswordAndAnActionBodyAsync();
        await CommandsUseTheRunningServerAsync();
        await RemovesTheDemoAsync();
    }

    /// <summary>The server that the demo says it made slow; the answering code never reads this.</summary>
    private async Task<string> TruthAsync()
    {
        using var request = Authorized(HttpMethod.Get, "/api/demo");
        using var response = await srebot.Http.SendAsync(request);
        var json = await response.Content.ReadFromJsonAsync<JsonElement>();
        var cause = json.GetProperty("truth").EnumerateArray().First(cause => cause.GetProperty("kind").GetString() == "slowServer");
        return cause.GetProperty("where")[0].GetProperty("value").GetString()!;
    }

    private async Task OneHelpfulSentenceAsync(string question)
    {
        var answer = await srebot.AskAsync(question);

        Assert.InRange(answer.Length, 20, 400);
        Assert.DoesNotContain("Internal error", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("xxxx", answer, StringComparison.Ordinal);
    }

    private async Task RefusesStrangersAsync()
    {
        using var nobody = await srebot.Http.PostAsJsonAsync(new Uri(srebot.Address, "/sre_query"), new { input = new { question = "?" } });
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);

        using var bad = Authorized(HttpMethod.Post, "/sre_query");
        bad.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var refused = await srebot.Http.SendAsync(bad);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    private async Task NarrowsByHeadersAsync()
    {
        using var request = Authorized(HttpMethod.Post, "/sre_query");
        request.Content = JsonContent.Create(new { input = new { question = "why is INC-1 slow?" } });
        request.Headers.Add("X-Hasura-Role", "viewer");
        request.Headers.Add("X-Hasura-Project-Id", "Project_99");
        using var response = await srebot.Http.SendAsync(request);
        Assert.DoesNotContain("Server_", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var wide = Authorized(HttpMethod.Post, "/sre_query");
        wide.Content = JsonContent.Create(new { input = new { question = "?" } });
        wide.Headers.Add("X-Hasura-Role", "owner");
        using var forbidden = await srebot.Http.SendAsync(wide);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
    }

    private async Task TakesABasicPasswordAndAnActionBodyAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(srebot.Address, "/sre_query"))
        {
            Content = JsonContent.Create(new { action = new { name = "sre_query" }, input = new { question = "why is INC-1 slow?" }, session_variables = new Dictionary<string, string> { ["x-hasura-role"] = "viewer" } }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"hasura:{srebot.AdminToken}")));
        using var response = await srebot.Http.SendAsync(request);

        Assert.Contains("investigations", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task CommandsUseTheRunningServerAsync()
    {
        var (exitCode, output, error) = await SreBotProcess.RunAsync("ask", "why is INC-1 slow?", "--data", folder.Path);
        Assert.True(exitCode == 0, error);
        Assert.Contains($"{srebot.Address}investigations/", output, StringComparison.Ordinal);

        var second = await SreBotProcess.RunAsync("serve", "--data", folder.Path);
        Assert.Equal(1, second.ExitCode);
        Assert.Contains(folder.Path, Assert.Single(second.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    private async Task RemovesTheDemoAsync()
    {
        var (exitCode, output, error) = await SreBotProcess.RunAsync("demo", "remove", "--data", folder.Path);
        Assert.True(exitCode == 0, error);
        Assert.Contains("removed", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Server_", await srebot.AskAsync("why is INC-1 slow?"), StringComparison.Ordinal);
    }

    private HttpRequestMessage Authorized(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(srebot.Address, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", srebot.AdminToken);
        return request;
    }
}
