using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SreBot.Tests.Cli.Tutorial;

namespace SreBot.Tests.Scenario;

/// <summary>The tutorial from its data to the answer, as a user goes through it: files, import, API, question.</summary>
public sealed class TutorialScenarioTests : IAsyncLifetime
{
    private const string Day = "from=2023-08-01%2000:00:00.000000000&to=2023-08-02%2000:00:00.000000000";

    private readonly TempFolder data = new();
    private readonly TempFolder folder = new();
    private SreBotProcess srebot = null!;

    private string Data => data.Path;

    public async ValueTask InitializeAsync() => srebot = await SreBotProcess.StartAsync(Data);

    public async ValueTask DisposeAsync()
    {
        await srebot.DisposeAsync();
        data.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task The_tutorial_runs_from_its_files_to_an_honest_answer()
    {
        var files = Path.Combine(folder.Path, "csv");
        Assert.Contains("14,400 requests", await RunAsync("seed", "--tutorial", "--out", files, "--seed", "4"), StringComparison.Ordinal);
        Assert.Equal(1, (await SreBotProcess.RunAsync("seed", "--tutorial", "--out", files)).ExitCode);

        var (exitCode, _, refusal) = await SreBotProcess.RunAsync("import", files, "--data", Data);
        Assert.Equal(1, exitCode);
        Assert.Contains("sre-bot demo remove", Assert.Single(refusal.Trim().Split('\n')), StringComparison.Ordinal);
        await RunAsync("demo", "remove", "--data", Data);
        Assert.Contains("Imported 14,400 requests, ", await RunAsync("import", files, "--data", Data), StringComparison.Ordinal);
        Assert.StartsWith("Nothing changed", await RunAsync("import", Path.Combine(files, "request.csv"), Path.Combine(files, "incident.csv"), "--data", Data), StringComparison.Ordinal);

        Assert.Contains("the data shows no cause", await RunAsync("ask", "what is the root cause of INC-2?", "--data", Data), StringComparison.Ordinal);
        Assert.Contains("not recorded", await srebot.AskAsync("error rate from 2023-08-01T00:00Z to 2023-08-02T00:00Z"), StringComparison.Ordinal);
        await ReadsTheApiAsync();
        await NarrowsByHeadersAsync();
        await RefusesInOneSentenceAsync();
    }

    [Fact]
    public async Task The_original_files_are_loaded_as_they_are()
    {
        await RunAsync("demo", "remove", "--data", Data);
        foreach (var (name, text) in TutorialReaderTests.Originals)
        {
            await File.WriteAllTextAsync(Path.Combine(folder.Path, name), text, TestContext.Current.CancellationToken);
        }

        Assert.Contains("Imported 2 requests, 2 incidents (INC-1 to INC-2) and 1 hourly aggregates", await RunAsync("import", folder.Path, "--data", Data), StringComparison.Ordinal);
        Assert.StartsWith("Nothing changed", await RunAsync("import", folder.Path, "--data", Data), StringComparison.Ordinal);
        Assert.Equal(30.09, (await GetAsync("/api/incidents/1?include=request")).GetProperty("request").GetProperty("execution_time").GetDouble());
    }

    private async Task ReadsTheApiAsync()
    {
        var page = await GetAsync("/api/requests?server=Server_9&limit=5&from=2023-08-01&to=2023-08-01T00:03:00Z");
        Assert.Equal(["29", "19", "9"], page.GetProperty("requests").EnumerateArray().Select(row => row.GetProperty("request_id").GetString()));
        Assert.Equal(JsonValueKind.Null, page.GetProperty("requests")[0].GetProperty("status").ValueKind);

        var incident = await GetAsync("/api/incidents/INC-2?include=request");
        Assert.Equal(incident.GetProperty("request_id").GetString(), incident.GetProperty("request").GetProperty("request_id").GetString());
        Assert.InRange(incident.GetProperty("request").GetProperty("execution_time").GetDouble(), 20, 50);
        Assert.False((await GetAsync("/api/incidents/2")).TryGetProperty("request", out _));

        var newest = await GetAsync("/api/incidents?status=resolved&limit=2");
        Assert.Equal(1, newest.GetProperty("incidents")[0].GetProperty("incident_id").GetInt64() - newest.GetProperty("incidents")[1].GetProperty("incident_id").GetInt64());
        Assert.Empty((await GetAsync("/api/incidents?status=open")).GetProperty("incidents").EnumerateArray());

        var hours = (await GetAsync($"/api/server-metrics?server=Server_9&{Day}")).GetProperty("server_metrics").EnumerateArray().ToList();
        Assert.Equal(23, hours.Count); // the hour that begins at the bound is left out, as the tutorial's _gt does
        Assert.All(hours, hour => Assert.Equal("imported", hour.GetProperty("source").GetString()));
        Assert.All(hours, hour => Assert.InRange(hour.GetProperty("total_requests").GetInt64(), 4_500, 7_500));
    }

    private async Task NarrowsByHeadersAsync()
    {
        var narrow = await GetAsync("/api/requests?limit=200", ("x-hasura-role", "sre"), ("X-hasura-project-id", "Project_3"));
        Assert.All(narrow.GetProperty("requests").EnumerateArray(), row => Assert.Equal("Project_3", row.GetProperty("project_id").GetString()));
        Assert.Empty((await GetAsync("/api/requests", ("X-Hasura-Project-Id", "Project_9"))).GetProperty("requests").EnumerateArray());
        Assert.All((await GetAsync("/api/incidents?limit=100", ("X-Hasura-Project-Id", "Project_3"))).GetProperty("incidents").EnumerateArray(), row => Assert.Equal("Project_3", row.GetProperty("project_ids")[0].GetString()));
        Assert.All((await GetAsync($"/api/server-metrics?server=Server_9&{Day}", ("X-Hasura-Project-Id", "Project_3"))).GetProperty("server_metrics").EnumerateArray(), row => Assert.Equal("computed", row.GetProperty("source").GetString()));
        await RefusedAsync(HttpStatusCode.Forbidden, HttpMethod.Get, "/api/requests", ("X-Hasura-Role", "owner"));
        await RefusedAsync(HttpStatusCode.Forbidden, HttpMethod.Delete, "/api/demo", ("X-Hasura-Role", "viewer"));
        await RefusedAsync(HttpStatusCode.Forbidden, HttpMethod.Post, "/api/import", ("X-Hasura-Role", "sre"));
    }

    private async Task RefusesInOneSentenceAsync()
    {
        await RefusedAsync(HttpStatusCode.BadRequest, HttpMethod.Get, "/api/requests?limit=0");
        await RefusedAsync(HttpStatusCode.BadRequest, HttpMethod.Get, "/api/requests?limit=many");
        await RefusedAsync(HttpStatusCode.BadRequest, HttpMethod.Get, "/api/requests?from=yesterday");
        await RefusedAsync(HttpStatusCode.BadRequest, HttpMethod.Get, "/api/server-metrics?server=Server_9");
        await RefusedAsync(HttpStatusCode.BadRequest, HttpMethod.Get, "/api/incidents/one");
        await RefusedAsync(HttpStatusCode.NotFound, HttpMethod.Get, "/api/incidents/99999");
        await RefusedAsync(HttpStatusCode.NotFound, HttpMethod.Get, "/api/nothing");
        await RefusedAsync(HttpStatusCode.BadRequest, HttpMethod.Post, "/api/import");
        await RefusedAsync(HttpStatusCode.Unauthorized, HttpMethod.Get, "/api/requests", ("Authorization", "Bearer nobody"));
        var bad = Path.Combine(folder.Path, "bad.csv");
        await File.WriteAllTextAsync(bad, TutorialReaderTests.Requests.Replace("33.9", "none", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var (exitCode, _, error) = await SreBotProcess.RunAsync("import", bad, "--data", Data);
        Assert.Equal((1, "bad.csv, line 3: cpu_usage is 'none', but a number from 0 to 100 is needed. Nothing was imported."), (exitCode, error.Trim()));
        Assert.Equal(1, (await SreBotProcess.RunAsync("import", Path.Combine(folder.Path, "nowhere"), "--data", Data)).ExitCode);
    }

    private async Task<JsonElement> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(HttpMethod.Get, path, headers);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private async Task RefusedAsync(HttpStatusCode expected, HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(method, path, headers);
        Assert.Equal(expected, response.StatusCode);
        var sentence = (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("error").GetString()!;
        Assert.InRange(sentence.Length, 20, 300);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(srebot.Address, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", srebot.AdminToken);
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.Add(name, value);
        }

        return await srebot.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await SreBotProcess.RunAsync(arguments);
        Assert.True(exitCode == 0, error);
        return output;
    }
}
