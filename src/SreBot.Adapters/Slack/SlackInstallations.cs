using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>The tokens of the workspaces that installed the app by OAuth, and the one in <c>Slack:BotToken</c> for its own workspace.</summary>
internal sealed partial class SlackInstallations(
    IChatInstallations kept, SlackOAuth oauth, SlackOwnToken own, IOptions<SlackOptions> options, TimeProvider time, ILogger<SlackInstallations> log) : ISlackTokens
{
    /// <summary>A token lives 12 h; renewed this long before its end, as Slack's own library does.</summary>
    private static readonly TimeSpan RenewBefore = TimeSpan.FromHours(2);

    public async Task<SlackAccess> FindAsync(string workspace, CancellationToken cancel)
    {
        try
        {
            if (await kept.FindAsync(SlackEnvelope.Platform, workspace, cancel) is { } found)
                return await CurrentAsync(SlackInstallation.Parse(found.Secret), cancel);
        }
        catch (CryptographicException)
        {
            return new SlackAccess.None(NotInstalled(workspace, "its token was sealed with keys that are not here"));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogNotRead(error, workspace);
            return new SlackAccess.None(new SlackResult.Unavailable("The tokens of the Slack workspaces cannot be read now.", null, IsUncertain: false));
        }
        return await own.FindAsync(workspace, cancel) ?? new SlackAccess.None(NotInstalled(workspace, "it is not installed there"));
    }

    public async Task<SlackResult> JudgeAsync(string workspace, SlackAccess.Token used, SlackResult.Refused refused, CancellationToken cancel)
    {
        if (used.Value == options.Value.BotToken || refused.Error is not ("invalid_auth" or "account_inactive" or "token_revoked" or "token_expired" or "not_authed"))
            return refused;
        return await IsReplacedAsync(workspace, used, refused.Error, cancel)
            ? new SlackResult.Unavailable($"The token of the Slack workspace {workspace} was renewed meanwhile.", null, IsUncertain: false)
            : NotInstalled(workspace, refused.Error);
    }

    public async Task RemoveAsync(SlackEnvelope.Removed removed, CancellationToken cancel)
    {
        foreach (var workspace in removed.Workspaces)
        {
            if (await kept.FindAsync(SlackEnvelope.Platform, workspace, cancel) is null)
                continue;
            // Slack delivers late at times: what was installed or renewed after the event stays.
            if (await kept.ChangeAsync(SlackEnvelope.Platform, workspace, now => Task.FromResult(now.SavedAt > removed.At ? now.Secret : null), cancel) is null)
                LogRemoved(workspace, removed.Event);
            return;
        }
    }

    public async Task<IReadOnlyList<string>?> ListAsync(CancellationToken cancel) => await kept.ListAsync(SlackEnvelope.Platform, cancel);

    /// <summary>True when another token is kept by now; otherwise, a dead one is dropped.</summary>
    private async Task<bool> IsReplacedAsync(string workspace, SlackAccess.Token used, string why, CancellationToken cancel)
    {
        var isDead = why is "account_inactive" or "token_revoked";
        try
        {
            var left = await kept.ChangeAsync(SlackEnvelope.Platform, workspace, now => Task.FromResult(isDead && SlackInstallation.Parse(now.Secret).BotToken == used.Value ? null : now.Secret), cancel);
            if (left is null)
                LogRemoved(workspace, why);
            return left is not null && SlackInstallation.Parse(left).BotToken != used.Value;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogNotRead(error, workspace);
            return false; // it is as dead the next time
        }
    }

    private async Task<SlackAccess> CurrentAsync(SlackInstallation installation, CancellationToken cancel)
    {
        if (!IsDue(installation))
            return new SlackAccess.Token(installation.BotToken);
        // Once begun it is seen through, whoever asked: the old refresh token dies with the answer.
        return await RenewAsync(installation.Workspace).WaitAsync(cancel);
    }

    private async Task<SlackAccess> RenewAsync(string workspace)
    {
        SlackResult? trouble = null;
        var secret = await kept.ChangeAsync(SlackEnvelope.Platform, workspace, async now =>
        {
            var current = SlackInstallation.Parse(now.Secret);
            if (!IsDue(current))
                return now.Secret; // another call or replica was first
            var result = await oauth.RefreshAsync(current.RefreshToken!, CancellationToken.None);
            if (result is SlackResult.Ok ok && current.Renewed(ok.Body, time.GetUtcNow()) is { } renewed)
                return renewed.ToSecret();
            trouble = result;
            LogNotRenewed(workspace, result switch { SlackResult.Refused no => no.Why, SlackResult.Unavailable later => later.Why, _ => "Slack's answer has no token." });
            return now.Secret;
        }, CancellationToken.None);
        if (secret is null)
            return new SlackAccess.None(NotInstalled(workspace, "it is not installed there"));
        var newest = SlackInstallation.Parse(secret);
        return (newest.ExpiresAt <= time.GetUtcNow(), trouble) switch
        {
            (false, _) => new SlackAccess.Token(newest.BotToken),
            (true, SlackResult.Refused refused) => new SlackAccess.None(NotInstalled(workspace, refused.Error)),
            (true, _) => new SlackAccess.None(new SlackResult.Unavailable($"Slack did not renew the token of the workspace {workspace}.", null, IsUncertain: false)),
        };
    }

    private bool IsDue(SlackInstallation installation) => installation is { ExpiresAt: { } end, RefreshToken: not null } && end - time.GetUtcNow() <= RenewBefore;

    private SlackResult.Refused NotInstalled(string workspace, string why) =>
        new("not_installed", $"The bot cannot act in the Slack workspace {workspace} ({why}): install it there at {oauth.InstallAddress}.");

    [LoggerMessage(LogLevel.Error, "The token of the Slack workspace {Workspace} cannot be read")]
    private partial void LogNotRead(Exception error, string workspace);

    [LoggerMessage(LogLevel.Warning, "The Slack workspace {Workspace} no longer has the app ({Why}); its token is dropped")]
    private partial void LogRemoved(string workspace, string why);

    [LoggerMessage(LogLevel.Error, "The token of the Slack workspace {Workspace} was not renewed: {Why}")]
    private partial void LogNotRenewed(string workspace, string why);
}
