using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>Slack's OAuth v2 (docs.slack.dev/authentication/installing-with-oauth and …/using-token-rotation).</summary>
internal sealed class SlackOAuth(SlackWire wire, IOptions<SlackOptions> options, PublicAddress links)
{
    public const string InstallPath = "/slack/install";
    public const string ReturnPath = "/slack/oauth";
    private const string Method = "oauth.v2.access";

    /// <summary>Where people start an installation.</summary>
    public string InstallAddress => links.Complete(InstallPath);

    /// <summary>Where Slack sends people back to; the app's page "OAuth &amp; Permissions" must list it.</summary>
    public string ReturnAddress => links.Complete(ReturnPath);

    /// <summary>Slack's page that asks the person whether to install the app.</summary>
    public string ConsentAddress(string state) => options.Value.ConsentPage.AbsoluteUri + new QueryBuilder
    {
        { "client_id", options.Value.ClientId! },
        { "scope", string.Join(',', SlackCheck.Needed) },
        { "redirect_uri", ReturnAddress },
        { "state", state },
    };

    public Task<SlackResult> ExchangeAsync(string code, CancellationToken cancel) => AskAsync(new() { ["code"] = code, ["redirect_uri"] = ReturnAddress }, cancel);

    /// <summary>Slack voids the refresh token as it answers: the answer must be kept.</summary>
    public Task<SlackResult> RefreshAsync(string refreshToken, CancellationToken cancel) =>
        AskAsync(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken }, cancel);

    private Task<SlackResult> AskAsync(Dictionary<string, string> arguments, CancellationToken cancel)
    {
        arguments["client_id"] = options.Value.ClientId!;
        arguments["client_secret"] = options.Value.ClientSecret!;
        var request = new HttpRequestMessage(HttpMethod.Post, options.Value.Method(Method)) { Content = new FormUrlEncodedContent(arguments) };
        return wire.SendAsync(Method, request, answersInJson: true, cancel);
    }
}
