using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>Whether Slack knows the bot, lets it do what it needs, and reaches it.</summary>
internal sealed class SlackCheck(IOptions<SlackOptions> options, IServiceProvider services) : ISetupCheck
{
    /// <summary>What the manifests ask for.</summary>
    public static IReadOnlyList<string> Needed { get; } =
        ["app_mentions:read", "channels:history", "channels:read", "chat:write", "commands", "files:write", "groups:history", "groups:read", "im:history", "im:write"];

    public string Part => "Slack";

    public async Task<IReadOnlyList<SetupLine>> LookAsync(CancellationToken cancel)
    {
        if (!options.Value.IsEnabled)
            return [new(SetupState.Off, "Slack:BotToken is not set.", "For Slack, follow README's section Slack.")];

        var known = await services.GetRequiredService<SlackApi>().CallAsync("auth.test", [], cancel);
        return [.. Token(known), .. Listening()];
    }

    private static IEnumerable<SetupLine> Token(SlackResult result)
    {
        if (result is not SlackResult.Ok ok)
        {
            yield return new(SetupState.Broken, "The bot token does not work.", result is SlackResult.Refused no ? no.Why : ((SlackResult.Unavailable)result).Why);
            yield break;
        }

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
