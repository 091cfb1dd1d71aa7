using Microsoft.Extensions.Options;

namespace SreBot.Adapters.Slack;

/// <summary><c>Slack:BotToken</c> beside installations by OAuth: it serves the workspace that Slack says it belongs to.</summary>
internal sealed class SlackOwnToken(SlackWire wire, IOptions<SlackOptions> options)
{
    /// <summary>Known once Slack said it; a token never moves.</summary>
    private volatile string? _workspace;

    /// <summary>Null when there is no such token, or when it is another workspace's.</summary>
    public async Task<SlackAccess?> FindAsync(string workspace, CancellationToken cancel)
    {
        if (!options.Value.HasBotToken)
            return null;
        if (_workspace is null && await TestAsync(cancel) is var result and not SlackResult.Ok)
            return new SlackAccess.None(result);
        return _workspace == workspace ? new SlackAccess.Token(options.Value.BotToken!) : null;
    }

    /// <summary>What Slack says about the token.</summary>
    public async Task<SlackResult> TestAsync(CancellationToken cancel)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, options.Value.Method("auth.test"));
        request.Headers.Authorization = new("Bearer", options.Value.BotToken);
        var result = await wire.SendAsync("auth.test", request, answersInJson: true, cancel);
        if (result is SlackResult.Ok ok)
            _workspace = SlackCheck.Workspace(ok) ?? "";
        return result;
    }
}
