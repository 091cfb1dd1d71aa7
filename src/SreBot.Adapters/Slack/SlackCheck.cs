using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>Whether Slack knows the bot in each workspace, lets it do what it needs, and reaches it.</summary>
internal sealed class SlackCheck(IOptions<SlackOptions> options, IServiceProvider services) : ISetupCheck
{
    /// <summary>What the manifests ask for.</summary>
    public static IReadOnlyList<string> Needed { get; } =
        ["app_mentions:read", "assistant:write", "channels:history", "channels:read", "chat:write", "commands", "files:write", "groups:history", "groups:read", "im:history", "im:write"];

    public string Part => "Slack";

    public async Task<IReadOnlyList<SetupLine>> LookAsync(CancellationToken cancel)
    {
        if (!options.Value.IsEnabled)
            return [new(SetupState.Off, "Slack:BotToken is not set.", "For Slack, follow docs/slack.md.")];

        List<SetupLine> lines = [];
        if (options.Value.IsInstalledByOAuth)
            lines.AddRange(await InstallationsAsync(cancel));
        else
            lines.AddRange(Token(await services.GetRequiredService<SlackApi>().CallAsync("", "auth.test", [], cancel), workspace: null));
        return [.. lines, .. Listening()];
    }

    /// <summary>The place that <c>auth.test</c> names: the organization, when it installed the app as a whole.</summary>
    public static string? Workspace(SlackResult.Ok ok) => (ok.Body.IsTrue("is_enterprise_install") ? ok.Body.Text("enterprise_id") : null) ?? ok.Body.Text("team_id");

    private async Task<List<SetupLine>> InstallationsAsync(CancellationToken cancel)
    {
        List<SetupLine> lines = [];
        var api = services.GetRequiredService<SlackApi>();
        var oauth = services.GetRequiredService<SlackOAuth>();
        foreach (var workspace in await services.GetRequiredService<ISlackTokens>().ListAsync(cancel) ?? [])
            lines.AddRange(Token(await api.CallAsync(workspace, "auth.test", [], cancel), workspace));
        if (options.Value.HasBotToken)
            lines.AddRange(Token(await services.GetRequiredService<SlackOwnToken>().TestAsync(cancel), workspace: null));
        if (lines.Count == 0)
            lines.Add(new(SetupState.Warning, "The app is installed in no workspace yet.", $"Open {oauth.InstallAddress} in a browser."));
        if (!oauth.ReturnAddress.StartsWith("https:", StringComparison.Ordinal))
            lines.Add(new(SetupState.Warning, $"Slack sends people back to {oauth.ReturnAddress} after an installation, and takes only https addresses.", "Set Web:PublicAddress to the https address that people reach SreBot at."));
        return lines;
    }

    /// <param name="workspace">Whose token it should be; null: whosever it is.</param>
    private static IEnumerable<SetupLine> Token(SlackResult result, string? workspace)
    {
        if (result is not SlackResult.Ok ok)
        {
            yield return new(SetupState.Broken, workspace is null ? "The bot token does not work." : $"The token for the workspace {workspace} does not work.",
                result is SlackResult.Refused no ? no.Why : ((SlackResult.Unavailable)result).Why);
            yield break;
        }

        if (workspace is not null && Workspace(ok) != workspace)
            yield return new(SetupState.Broken, $"The token kept for the workspace {workspace} belongs to {Workspace(ok) ?? "none"}.", "Install the app again in both.");
        else
            yield return new(SetupState.Good, $"The bot is {ok.Body.Text("user") ?? "known"} in the workspace {ok.Body.Text("team") ?? "?"} ({ok.Body.Text("team_id") ?? "?"}).");
        if (ok.Scopes.Count == 0)
            yield return new(SetupState.Warning, "Slack did not say which scopes the token has.", "Compare the app's scopes with manifests/slack.");
        else
            yield return Needed.Except(ok.Scopes).ToList() is { Count: > 0 } missing
                ? new(SetupState.Broken, $"The token lacks {string.Join(", ", missing)}.", "Add the scopes on the app's page OAuth & Permissions, and install it again.")
                : new(SetupState.Good, "The token has every scope that is needed.");
    }

    private IEnumerable<SetupLine> Listening()
    {
        if (services.GetService<SlackSocketLoop>() is { } socket)
            yield return socket.Trouble is { } trouble
                ? new(SetupState.Broken, "No socket to Slack stands.", trouble)
                : new(SetupState.Good, "The socket to Slack stands.");
        if (options.Value.ListensOnHttp)
            yield return new(SetupState.Good, "Slack's requests are taken at /slack/events, /slack/commands and /slack/interactivity, and their signatures checked.");
        if (!options.Value.ListensOnSocket && !options.Value.ListensOnHttp)
            yield return new(SetupState.Broken, "Nothing that people say in Slack can arrive.", "Set Slack:AppToken (Socket Mode) or Slack:SigningSecret (HTTP).");
    }
}
