using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SreBot.Adapters.Slack;

/// <summary>The token in <c>Slack:BotToken</c>: the app is installed in one workspace, so all that comes and goes is that one's.</summary>
internal sealed partial class OneSlackToken(IOptions<SlackOptions> options, ILogger<OneSlackToken> log) : ISlackTokens
{
    public Task<SlackAccess> FindAsync(string workspace, CancellationToken cancel) => Task.FromResult<SlackAccess>(new SlackAccess.Token(options.Value.BotToken!));

    public Task<SlackResult> JudgeAsync(string workspace, SlackAccess.Token used, SlackResult.Refused refused, CancellationToken cancel) => Task.FromResult<SlackResult>(refused);

    public Task RemoveAsync(SlackEnvelope.Removed removed, CancellationToken cancel)
    {
        LogRemoved(removed.Workspaces[0]);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>?> ListAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<string>?>(null);

    [LoggerMessage(LogLevel.Error, "The app was removed from the Slack workspace {Workspace}: install it again and set Slack:BotToken anew")]
    private partial void LogRemoved(string workspace);
}
