using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace SreBot.Tests.Scenario;

/// <summary>What other programs and the command line do to incidents, on the demo's first two.</summary>
public sealed class IncidentApiTests : IAsyncLifetime
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
    public async Task Incidents_are_changed_over_http_and_on_the_command_line()
    {
        await Waiting.UntilAsync("the first incident, investigated and kept", async () =>
            (await SendAsync(HttpMethod.Get, "/api/incidents/1")).Answer is { } found && found.TryGetProperty("kept", out var kept) && kept.GetArrayLength() == 2);

        await ChangesAsync();
        await RefusesAsync();
        await ServesPagesAsync();
        await TakesTheCommandLineAsync();
    }

    private async Task ChangesAsync()
    {
        var (status, told) = await SendAsync(HttpMethod.Post, "/api/incidents/INC-1/ticket?url=https%3A%2F%2Ftickets.example%2FOPS-7");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("INC-1 has a ticket now: https://tickets.example/OPS-7", "https://tickets.example/OPS-7"), (told.GetProperty("answer").GetString(), told.GetProperty("incident").GetProperty("ticket_url").GetString()));
        Assert.Equal("INC-1 is resolved already.", (await SendAsync(HttpMethod.Post, "/api/incidents/1/acknowledge")).Answer.GetProperty("answer").GetString());
        Assert.Equal("INC-1 is resolved already.", (await SendAsync(HttpMethod.Post, "/api/incidents/1/snooze?time=2h")).Answer.GetProperty("answer").GetString());
    }

    private async Task RefusesAsync()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(HttpMethod.Post, "/api/incidents/1/ticket?url=javascript:alert(1)")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(HttpMethod.Post, "/api/incidents/1/snooze?time=soon")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Post, "/api/incidents/99/resolve")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(HttpMethod.Post, "/api/incidents/1/ticket", role: "viewer")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(HttpMethod.Post, "/api/incidents/1/resolve", isKnown: false)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(HttpMethod.Get, "/api/incidents?status=broken")).Status);
    }

    private async Task ServesPagesAsync()
    {
        foreach (var (path, content) in new[] { ("/incidents/1", "INC-1: "), ("/incidents/1/export.html", "<h1>What is the root cause of INC-1?</h1>"), ("/incidents/1/export.ipynb", "\"nbformat\": 4") })
        {
            using var seen = await RawAsync(HttpMethod.Get, path, isKnown: true, role: null);
            Assert.Contains(content, await seen.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        // The demo lets its visitors look; who may see less of it sees none of what was kept.
        using var narrow = await RawAsync(HttpMethod.Get, "/incidents/1/export.html", isKnown: true, role: null, project: "Project_1");
        Assert.Equal(HttpStatusCode.NotFound, narrow.StatusCode);
    }

    private async Task TakesTheCommandLineAsync()
    {
        var (exitCode, output, error) = await SreBotProcess.RunAsync("incident", "list", "resolved", "--data", folder.Path);
        Assert.True(exitCode == 0, error);
        Assert.Contains("INC-1", output, StringComparison.Ordinal);
        var shown = await SreBotProcess.RunAsync("incident", "show", "INC-1", "--data", folder.Path);
        Assert.Contains("https://tickets.example/OPS-7", shown.Output, StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> SendAsync(HttpMethod method, string path, bool isKnown = true, string? role = null)
    {
        using var response = await RawAsync(method, path, isKnown, role);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.StartsWith('{') ? JsonSerializer.Deserialize<JsonElement>(text) : default);
    }

    private async Task<HttpResponseMessage> RawAsync(HttpMethod method, string path, bool isKnown, string? role, string? project = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(srebot.Address, path));
        if (isKnown)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", srebot.AdminToken);
        if (role is not null)
            request.Headers.Add("X-Hasura-Role", role);
        if (project is not null)
            request.Headers.Add("X-Hasura-Project-Id", project);
        return await srebot.Http.SendAsync(request);
    }
}
