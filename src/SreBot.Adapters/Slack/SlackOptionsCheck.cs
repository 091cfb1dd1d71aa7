using Microsoft.Extensions.Options;

namespace SreBot.Adapters.Slack;

/// <summary>One sentence for each mistake in the section <c>Slack</c>; nothing set is no mistake.</summary>
internal sealed class SlackOptionsCheck : IValidateOptions<SlackOptions>
{
    public ValidateOptionsResult Validate(string? name, SlackOptions options)
    {
        var mistakes = Mistakes(options).ToList();
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> Mistakes(SlackOptions options)
    {
        var hasSecret = !string.IsNullOrWhiteSpace(options.SigningSecret);
        var hasAppToken = !string.IsNullOrWhiteSpace(options.AppToken);
        if (string.IsNullOrWhiteSpace(options.ClientId) != string.IsNullOrWhiteSpace(options.ClientSecret))
            yield return "Slack:ClientId and Slack:ClientSecret belong together: set both, or neither.";
        else if (!options.IsEnabled && (hasSecret || hasAppToken))
            yield return "Slack:BotToken is missing: set the bot token (xoxb-…), or unset the other Slack settings.";
        if (options.HasBotToken && !options.BotToken!.StartsWith("xoxb-", StringComparison.Ordinal) && !options.BotToken.StartsWith("xoxe.xoxb-", StringComparison.Ordinal))
            yield return "Slack:BotToken is not a bot token: it must start with xoxb-.";
        if (options.IsEnabled && !hasSecret && !hasAppToken)
            yield return "Slack cannot be heard: set Slack:AppToken (Socket Mode) or Slack:SigningSecret (a public address).";
        if (hasAppToken && !options.AppToken!.StartsWith("xapp-", StringComparison.Ordinal))
            yield return "Slack:AppToken is not an app-level token: it must start with xapp-.";
        if (!Uri.TryCreate(options.ApiBase, UriKind.Absolute, out var api) || api.Scheme is not ("https" or "http"))
            yield return "Slack:ApiBase is not an address: it must look like https://slack.com/api/.";
        else if (api is { Scheme: "http", IsLoopback: false })
            yield return "Slack:ApiBase would send the tokens in clear text: use https, or http on this machine alone.";
    }
}
