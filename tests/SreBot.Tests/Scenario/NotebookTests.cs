using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SreBot.Adapters.Tests.Web;
using SreBot.Tests.Investigations.Export;

namespace SreBot.Tests.Scenario;

/// <summary>An investigation leaves SreBot and comes back: exported on every road, executed by Jupyter against the running SreBot, run again on its page.</summary>
public sealed partial class NotebookTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly Chromium chromium = new();
    private SreBotProcess srebot = null!;

    public async ValueTask InitializeAsync()
    {
        await chromium.InitializeAsync();
        srebot = await SreBotProcess.StartAsync(folder.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        await srebot.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Jupyter_executes_the_notebook_with_equal_results()
    {
        Jupyter.SkipUnlessThere();
        var id = await AskAsync();
        var path = Path.Combine(folder.Path, "why.ipynb");
        var exported = await SreBotProcess.RunAsync("export", $"{srebot.Address}investigations/{id}#step-2", "--out", path, "--data", folder.Path);
        Assert.True(exported.ExitCode == 0, exported.Error);
        await Jupyter.ValidateAsync(path);

        var executed = await Jupyter.ExecuteAsync(path, new Dictionary<string, string> { ["SREBOT_URL"] = srebot.Address.ToString(), ["SREBOT_TOKEN"] = srebot.AdminToken!, ["NO_PROXY"] = "127.0.0.1" });

        var (before, after) = (Outputs(path), Outputs(executed));
        Assert.True(before.Count >= 5, $"{before.Count} code cells");
        Assert.Contains(before, cell => cell.Displayed.Any(data => data.Contains("image/svg+xml", StringComparison.Ordinal)));
        Assert.Equal(before.Select(cell => cell.Displayed), after.Select(cell => cell.Displayed));
        Assert.All(after.Where(cell => cell.Printed.Length > 0), cell => Assert.Matches(@"^Step \d+, (same|recorded)\.", cell.Printed));
        Assert.Contains(after, cell => cell.Printed.Contains(", same.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_notebook_without_a_token_says_what_it_needs()
    {
        Jupyter.SkipUnlessThere();
        var path = Path.Combine(folder.Path, "why.ipynb");
        await File.WriteAllBytesAsync(path, await GetAsync($"/investigations/{await AskAsync()}.ipynb"), TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Jupyter.ExecuteAsync(path, new Dictionary<string, string> { ["SREBOT_URL"] = "", ["SREBOT_TOKEN"] = "" }));

        Assert.Contains("Set SREBOT_URL", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_exported_and_run_again_on_every_road()
    {
        var id = await AskAsync();
        await ServesFilesAsync(id);
        await AnswersStepsAsync(id);
        await RefusesStrangersAsync(id);
        await KeepsNotesAsync();
        await HandsOverAFileInTheThreadAsync();
        await RunsAgainOnThePageAsync(id);
    }

    private async Task ServesFilesAsync(string id)
    {
        foreach (var (ending, type) in (IEnumerable<(string, string)>)[("ipynb", "application/x-ipynb+json"), ("html", "text/html"), ("md", "text/markdown")])
        {
            using var response = await SendAsync(HttpMethod.Get, $"/investigations/{id}.{ending}");
            Assert.Equal((HttpStatusCode.OK, type, "attachment"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType, response.Content.Headers.ContentDisposition!.DispositionType));
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }

        using var unknown = await SendAsync(HttpMethod.Get, $"/investigations/{Guid.NewGuid()}.ipynb");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        var failed = await SreBotProcess.RunAsync("export", "INC-99", "--data", folder.Path);
        Assert.Equal((1, 1), (failed.ExitCode, failed.Error.Trim().Split('\n').Length));
        Assert.StartsWith("I see no investigation of INC-99", failed.Error, StringComparison.Ordinal);
    }

    private async Task AnswersStepsAsync(string id)
    {
        using var response = await SendAsync(HttpMethod.Post, $"/api/investigations/{id}/steps/2/run?as-of=then");
        var step = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((2, "same"), (step.GetProperty("step").GetInt32(), step.GetProperty("verdict").GetString()));
        Assert.All(["question", "sql", "parameters", "as_of", "columns", "rows", "is_cut"], name => Assert.True(step.TryGetProperty(name, out _), name));

        using var all = await SendAsync(HttpMethod.Post, $"/api/investigations/{id}/run?as-of=now");
        Assert.Contains("as of now", (await all.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("summary").GetString(), StringComparison.Ordinal);
        foreach (var (path, status) in (IEnumerable<(string, HttpStatusCode)>)[($"/api/investigations/{id}/steps/99/run", HttpStatusCode.NotFound), ($"/api/investigations/{Guid.NewGuid()}/run", HttpStatusCode.NotFound), ($"/api/investigations/{id}/run?as-of=yesterday", HttpStatusCode.BadRequest)])
        {
            using var refused = await SendAsync(HttpMethod.Post, path);
            Assert.Equal(status, refused.StatusCode);
        }
    }

    private async Task RefusesStrangersAsync(string id)
    {
        foreach (var path in (string[])[$"/api/investigations/{id}/steps/2/run", $"/api/investigations/{id}/run"])
        {
            using var nobody = await srebot.Http.PostAsync(new Uri(srebot.Address, path), null);
            Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);

            using var narrowed = await SendAsync(HttpMethod.Post, path, ("X-Hasura-Project-Id", "Project_1"));
            Assert.Equal(HttpStatusCode.NotFound, narrowed.StatusCode);
        }

        using var elsewhere = new HttpRequestMessage(HttpMethod.Post, new Uri(srebot.Address, $"/api/investigations/{id}/run"));
        elsewhere.Headers.Add("Origin", "http://evil.example");
        elsewhere.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var refused = await srebot.Http.SendAsync(elsewhere);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    private async Task KeepsNotesAsync()
    {
        Assert.StartsWith("Noted with", await srebot.AskAsync("note INC-1 took <b>Server_9</b> out of rotation"), StringComparison.Ordinal);
        Assert.StartsWith("There is no investigation in this thread", await SayBadlyAsync("note nothing to hang on"), StringComparison.Ordinal);
        var markdown = System.Text.Encoding.UTF8.GetString(await GetAsync("/investigations/INC-1.md"));
        Assert.Contains("took &lt;b&gt;Server\\_9&lt;/b&gt; out of rotation", markdown, StringComparison.Ordinal);
    }

    private async Task HandsOverAFileInTheThreadAsync()
    {
        var console = new Console(srebot);
        await console.SayAsync("why is INC-1 slow?", "why");
        var question = (await console.ReadAsync()).Single(message => Console.Text(message) == "why is INC-1 slow?").GetProperty("id").GetInt64();
        JsonElement answer = default;
        await Waiting.UntilAsync("an answer", async () => (answer = (await console.ReadAsync()).FirstOrDefault(message => Console.Thread(message) == question)).ValueKind == JsonValueKind.Object);
        Assert.Contains("Export notebook", answer.GetRawText(), StringComparison.Ordinal);
        await console.SayAsync("export html", "export", Console.Thread(answer));
        await console.SayAsync("note restarted it", "note", Console.Thread(answer));

        await Waiting.UntilAsync("the file in the thread", async () => (await console.ReadAsync()).Any(message => Console.Thread(message) == Console.Thread(answer)
            && message.GetRawText() is var raw && raw.Contains("\"file\"", StringComparison.Ordinal) && raw.Contains(".html", StringComparison.Ordinal)));
        await Waiting.UntilAsync("the note", async () => (await console.ReadAsync()).Any(message => Console.Thread(message) == Console.Thread(answer) && Console.Text(message) == "Noted."));
    }

    private async Task RunsAgainOnThePageAsync(string id)
    {
        await using var console = await chromium.OpenAsync(srebot.Address);
        await console.Page.GotoAsync(new Uri(srebot.Address, $"/investigations/{id}").AbsoluteUri);
        await Assertions.Expect(console.Page.GetByRole(AriaRole.Link, new() { Name = "Jupyter notebook" })).ToHaveAttributeAsync("href", $"/investigations/{id}.ipynb");
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Run again as of then" }).ClickAsync();
        await Assertions.Expect(console.Page.Locator("#again-said")).ToContainTextAsync("steps as of then:");
        await Assertions.Expect(console.Page.Locator("[data-verdict='2']")).ToContainTextAsync("same");
        await console.KeepAsync("notebook-page");
        console.HasNoFaults();

        var path = Path.Combine(folder.Path, "inc.html");
        Assert.Equal(0, (await SreBotProcess.RunAsync("export", "INC-1", "--format", "html", "--out", path, "--data", folder.Path)).ExitCode);
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await using var file = await chromium.OpenAsync(new Uri($"file://{path}"), scheme: scheme);
            await Assertions.Expect(file.Page.Locator("svg").First).ToBeVisibleAsync();
            await file.KeepAsync($"notebook-html-{scheme}");
            await file.Page.EmulateMediaAsync(new() { Media = Media.Print });
            await Assertions.Expect(file.Page.Locator("details table").First).ToBeVisibleAsync();
            await file.KeepAsync($"notebook-print-{scheme}");
            file.HasNoFaults();
        }
    }

    private async Task<string> AskAsync() => Page().Match(await srebot.AskAsync("why is INC-1 slow?")).Groups["id"].Value;

    private async Task<string> SayBadlyAsync(string question)
    {
        using var response = await SendAsync(HttpMethod.Post, "/sre_query", content: JsonContent.Create(new { input = new { question } }));
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString()!;
    }

    private async Task<byte[]> GetAsync(string path)
    {
        using var response = await SendAsync(HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, (string Name, string Value)? header = null, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(srebot.Address, path)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", srebot.AdminToken);
        if (header is { } more)
        {
            request.Headers.Add(more.Name, more.Value);
        }

        return await srebot.Http.SendAsync(request);
    }

    /// <summary>Of each code cell what it printed, and what it displayed as JSON.</summary>
    private static List<(string Printed, IReadOnlyList<string> Displayed)> Outputs(string path) =>
        [.. JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("cells").EnumerateArray().Where(cell => cell.GetProperty("cell_type").GetString() == "code").Select(cell => cell.GetProperty("outputs").EnumerateArray().ToList())
            .Select(outputs => (string.Concat(outputs.Where(output => output.TryGetProperty("text", out _)).Select(output => Joined(output.GetProperty("text")))),
                (IReadOnlyList<string>)[.. outputs.Where(output => output.TryGetProperty("data", out _)).SelectMany(output => output.GetProperty("data").EnumerateObject().OrderBy(data => data.Name, StringComparer.Ordinal)).Select(data => $"{data.Name}: {Joined(data.Value)}")]))];

    private static string Joined(JsonElement lines) => lines.ValueKind == JsonValueKind.Array ? string.Concat(lines.EnumerateArray().Select(line => line.GetString())) : lines.GetString()!;

    [GeneratedRegex("/investigations/(?<id>[0-9a-f-]{36})")]
    private static partial Regex Page();
}
