using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary><c>/slack/install</c> sends a person to Slack's consent page, and <c>/slack/oauth</c> takes them back. An installation shows nothing to anybody: people and channels are let in by an admin.</summary>
internal static partial class SlackInstallEndpoints
{
    public const string Cookie = "slack-install";

    public static IResult Begin(HttpContext http, SlackInstallState states, SlackOAuth oauth)
    {
        var (state, ticket) = states.Begin();
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Cookies.Append(Cookie, ticket, Options(oauth));
        return Results.Redirect(oauth.ConsentAddress(state));
    }

    public static async Task<IResult> FinishAsync(
        HttpContext http, SlackInstallState states, SlackOAuth oauth, IChatInstallations kept, TimeProvider time, ILoggerFactory logs, CancellationToken cancel)
    {
        var query = http.Request.Query;
        var ticket = http.Request.Cookies[Cookie];
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Cookies.Delete(Cookie, Options(oauth));
        if (!await states.TakeAsync(query["state"], ticket, cancel))
            return Page(StatusCodes.Status400BadRequest, "This installation was begun in another browser, more than ten minutes ago, or is done already.", oauth.InstallAddress, "Begin again");
        if (query["code"] is not [{ Length: > 0 } code])
            return Page(StatusCodes.Status400BadRequest, query["error"] == "access_denied" ? "The installation was cancelled." : "Slack did not allow the installation.", oauth.InstallAddress, "Begin again");
        var result = await oauth.ExchangeAsync(code, cancel);
        if (result is not SlackResult.Ok ok || SlackInstallation.From(ok.Body, time.GetUtcNow()) is not { } installation)
        {
            LogRefused(logs.CreateLogger(typeof(SlackInstallEndpoints)), Why(result));
            return Page(StatusCodes.Status502BadGateway, Why(result), oauth.InstallAddress, "Begin again");
        }
        await kept.SaveAsync(SlackEnvelope.Platform, installation.Workspace, installation.ToSecret(), cancel);
        LogInstalled(logs.CreateLogger(typeof(SlackInstallEndpoints)), installation.Workspace);
        return Page(StatusCodes.Status200OK, $"The bot is in {installation.Name}. Write to it there: it answers with what comes next.", Open(ok, installation), "Open Slack");
    }

    private static string Why(SlackResult result) => result switch
    {
        SlackResult.Refused refused => refused.Why,
        SlackResult.Unavailable later => later.Why,
        _ => "Slack's answer names no bot token and workspace: the app needs a bot user.",
    };

    private static string Open(SlackResult.Ok ok, SlackInstallation installation) =>
        $"https://slack.com/app_redirect?app={Uri.EscapeDataString(ok.Body.Text("app_id") ?? "")}&team={Uri.EscapeDataString(installation.Workspace)}";

    private static CookieOptions Options(SlackOAuth oauth) => new()
    {
        Path = SlackOAuth.ReturnPath,
        HttpOnly = true,
        SameSite = SameSiteMode.Lax, // Slack sends the browser back from its own site
        Secure = oauth.ReturnAddress.StartsWith("https:", StringComparison.Ordinal),
        MaxAge = SlackInstallState.Lifetime,
    };

    private static IResult Page(int status, string sentence, string link, string text) => Results.Content(
        $"<!doctype html><html lang=en><meta charset=utf-8><title>Slack</title><p>{HtmlEncoder.Default.Encode(sentence)}</p><p><a href=\"{HtmlEncoder.Default.Encode(link)}\">{text}</a></p></html>",
        "text/html; charset=utf-8", statusCode: status);

    [LoggerMessage(LogLevel.Information, "The app was installed in the Slack workspace {Workspace}")]
    private static partial void LogInstalled(ILogger log, string workspace);

    [LoggerMessage(LogLevel.Error, "An installation in Slack failed: {Why}")]
    private static partial void LogRefused(ILogger log, string why);
}
