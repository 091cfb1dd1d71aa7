using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Web;
using SreBot.Adapters.Slack;
using SreBot.Adapters.Tests.Slack;

namespace SreBot.Tests.Scenario;

/// <summary>Two workspaces install the app in one SreBot; a stranger gets a code, an admin confirms it, and one workspace leaves.</summary>
public sealed class SlackInstallScenarioTests
{
    private const string Secret = "test-signing-secret";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_workspaces_come_ask_and_go()
    {
        using var folder = new TempFolder();
        await using var slack = await StrictSlack.StartAsync();
        await using var srebot = await SreBotProcess.StartAsync(folder.Path, new Dictionary<string, string>
        {
            ["Slack__ClientId"] = SlackGrants.ClientId, ["Slack__ClientSecret"] = SlackGrants.ClientSecret, ["Slack__SigningSecret"] = Secret,
            ["Slack__ApiBase"] = slack.ApiBase, ["Web__PublicAddress"] = "http://127.0.0.1:5080",
        });
        await InstallAsync(srebot, "T2");
        await InstallAsync(srebot, "T3");

        await MentionAsync(srebot, "T2", 1, "hello");
        var code = Regex.Match((await PrivateAsync(slack, 1)).Text, "[0-9A-Z]{4}-[0-9A-Z]{4}").Value;
        var (exit, said, _) = await SreBotProcess.RunAsync("admit", code, "--role", "admin", "--data", folder.Path);
        await MentionAsync(srebot, "T2", 2, "link Project_1");
        await Waiting.UntilAsync("the channel is linked", () => Task.FromResult(slack.Posts.Any(post => post.Text.Contains("This channel sees Project_1.", StringComparison.Ordinal))));
        await MentionAsync(srebot, "T3", 3, "link Project_1"); // the same user id of another workspace is another person
        var other = await PrivateAsync(slack, 3);

        Assert.Equal((0, "slack:T2/U1 is admin in demo."), (exit, said.Trim()));
        Assert.Contains("I do not know you yet.", other.Text, StringComparison.Ordinal);
        Assert.All(slack.Grants.Uses.Where(use => use.Channel is not null), use => Assert.Equal($"C{use.Workspace}", use.Channel));
        Assert.Equal(["T2", "T3"], slack.Grants.Uses.Select(use => use.Workspace).Distinct().Order());
        Assert.DoesNotContain(Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories), file => Holds(file, "xoxb-T2-"));

        await SendAsync(srebot, "T2", new { type = "app_uninstalled" }, "EvGone", TimeProvider.System.GetUtcNow().AddMinutes(1));
        var posted = await SreBotProcess.RunAsync("doctor", "--post", "slack:T2/CT2", "--data", folder.Path);

        Assert.Matches("FAIL +Test post +No test message could be posted to slack:T2/CT2", posted.Output);
        Assert.Contains("install it there at http://127.0.0.1:5080/slack/install", posted.Output, StringComparison.Ordinal);
        Assert.Matches(@"ok +Slack +The bot is sre-bot in the workspace Team T3 \(T3\)", posted.Output);
        Assert.Matches("ok +Test post", (await SreBotProcess.RunAsync("doctor", "--post", "slack:T3/CT3", "--data", folder.Path)).Output);
    }

    private static async Task InstallAsync(SreBotProcess srebot, string workspace)
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = srebot.Address };
        using var begun = await browser.GetAsync("/slack/install", Cancel);
        var state = HttpUtility.ParseQueryString(begun.Headers.Location!.Query)["state"];
        using var back = new HttpRequestMessage(HttpMethod.Get, $"/slack/oauth?code=code-{workspace}&state={HttpUtility.UrlEncode(state)}");
        back.Headers.Add("Cookie", begun.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        using var done = await browser.SendAsync(back, Cancel);
        Assert.Contains($"The bot is in Team {workspace}.", await done.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private static Task MentionAsync(SreBotProcess srebot, string workspace, int number, string text) => SendAsync(srebot, workspace,
        new { type = "app_mention", user = "U1", text = $"<@U0BOT> {text}", ts = $"1790000000.{number:000000}", channel = $"C{workspace}", event_ts = $"1790000000.{number:000000}" }, $"Ev{number}", TimeProvider.System.GetUtcNow());

    private static async Task SendAsync(SreBotProcess srebot, string workspace, object what, string id, DateTimeOffset at)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            type = "event_callback",
            team_id = workspace,
            event_id = id,
            event_time = at.ToUnixTimeSeconds(),
            authorizations = new[] { new { team_id = workspace, user_id = "U0BOT", is_bot = true, is_enterprise_install = false } },
            @event = what,
        });
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(srebot.Address, "/slack/events")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(SlackSignature.TimestampHeader, now);
        request.Headers.Add(SlackSignature.SignatureHeader, SlackSignature.Sign(Secret, now, body));
        using var answer = await srebot.Http.SendAsync(request, Cancel);
        Assert.Equal(200, (int)answer.StatusCode);
    }

    /// <summary>The private message of that number, the first being 1.</summary>
    private static async Task<SlackPost> PrivateAsync(StrictSlack slack, int number)
    {
        List<SlackPost> found = [];
        await Waiting.UntilAsync("a private answer", () => Task.FromResult((found = [.. slack.Posts.Where(post => post.OnlyFor == "U1")]).Count >= number));
        return found[number - 1];
    }

    private static bool Holds(string file, string text)
    {
        try
        {
            return Encoding.Latin1.GetString(File.ReadAllBytes(file)).Contains(text, StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // a socket, or a file that is gone
        }
    }
}
