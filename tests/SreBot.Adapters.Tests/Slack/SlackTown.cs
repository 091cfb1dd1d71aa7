using System.Collections.Specialized;
using System.Web;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>A Slack whose workspaces install the app by OAuth, and replicas of the bot that share what is kept.</summary>
internal sealed class SlackTown : IAsyncDisposable
{
    private readonly HttpClient _browser;
    private readonly List<SlackHost> _hosts;

    private SlackTown(StrictSlack slack, List<SlackHost> hosts, MemoryInstallations kept, ManualTime time)
    {
        (Slack, _hosts, Kept, Time) = (slack, hosts, kept, time);
        _browser = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = hosts[0].Address };
    }

    public StrictSlack Slack { get; }
    public MemoryInstallations Kept { get; }
    public ManualTime Time { get; }
    public IReadOnlyList<SlackHost> Hosts => _hosts;
    public SlackHost Host => _hosts[0];

    public static async Task<SlackTown> StartAsync(ManualTime time, int replicas = 1, bool onSocket = false, string? botToken = null)
    {
        var slack = await StrictSlack.StartAsync();
        var kept = new MemoryInstallations(time);
        var settings = new Dictionary<string, string?>
        {
            ["Slack:ClientId"] = SlackGrants.ClientId,
            ["Slack:ClientSecret"] = SlackGrants.ClientSecret,
            ["Slack:SigningSecret"] = SlackHost.Secret,
            ["Slack:ApiBase"] = slack.ApiBase,
            ["Slack:BotToken"] = botToken,
            ["Slack:AppToken"] = onSocket ? StrictSlack.AppToken : null,
        };
        var hosts = new List<SlackHost>();
        for (var number = 0; number < replicas; number++)
            hosts.Add(await SlackHost.StartAsync(settings, time, 0, null, new(), installations: kept));
        return new(slack, hosts, kept, time);
    }

    /// <summary>What Slack's consent page is asked, and the browser's cookie.</summary>
    public async Task<(NameValueCollection Consent, string Cookie)> BeginAsync()
    {
        var answer = await GetAsync("/slack/install", null);
        Assert.Equal($"{Slack.Address}oauth/v2/authorize", answer.Headers.Location!.GetLeftPart(UriPartial.Path));
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.All((string[])["httponly", "samesite=lax", "path=/slack/oauth"], part => Assert.Contains(part, cookie, StringComparison.Ordinal));
        return (HttpUtility.ParseQueryString(answer.Headers.Location.Query), cookie.Split(';')[0]);
    }

    public async Task<(int Status, string Page)> FinishAsync(string? state, string code, string? cookie)
    {
        var answer = await GetAsync($"/slack/oauth?code={code}&state={HttpUtility.UrlEncode(state)}", cookie);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task InstallAsync(string workspace)
    {
        var (consent, cookie) = await BeginAsync();
        Assert.Equal(200, (await FinishAsync(consent["state"], $"code-{workspace}", cookie)).Status);
    }

    public async Task<HttpResponseMessage> GetAsync(string path, string? cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        return await _browser.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        foreach (var host in _hosts)
            await host.DisposeAsync();
        await Slack.DisposeAsync();
    }
}
