namespace SreBot.Adapters.Slack;

/// <summary>Which token is whose.</summary>
internal interface ISlackTokens
{
    /// <summary>The token for that workspace, renewed where it is about to end.</summary>
    Task<SlackAccess> FindAsync(string workspace, CancellationToken cancel);

    /// <summary>What a refusal means for the token that was used: one that was replaced meanwhile is worth another try; a dead one is dropped, and the sentence says where to install the app again.</summary>
    Task<SlackResult> JudgeAsync(string workspace, SlackAccess.Token used, SlackResult.Refused refused, CancellationToken cancel);

    /// <summary>Slack says that the app is gone from a workspace.</summary>
    Task RemoveAsync(SlackEnvelope.Removed removed, CancellationToken cancel);

    /// <summary>The workspaces that the bot is installed in; null where Slack alone knows, since one token is set.</summary>
    Task<IReadOnlyList<string>?> ListAsync(CancellationToken cancel);
}
