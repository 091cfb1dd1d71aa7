namespace SreBot.Adapters.Chat;

/// <summary>The road out to one platform. Rate limits and passing faults come back as <see cref="PostOutcome.TryAgain"/>, never as an exception.</summary>
public interface IChatPoster
{
    /// <summary><see cref="ChatAddress.Platform"/> of the addresses it serves.</summary>
    string Platform { get; }

    /// <summary>Posts to the channel, or into the thread when the address has one. Charts and files are uploaded as the platform wants.</summary>
    /// <param name="key">Names this post for <see cref="FindAsync"/>, and for the platform's own de-duplication where it has one.</param>
    Task<PostOutcome> PostAsync(ChatAddress address, ChatReply reply, string key, CancellationToken cancel);

    /// <summary>Replaces an earlier message in place.</summary>
    Task<PostOutcome> UpdateAsync(ChatAddress address, string messageId, ChatReply reply, CancellationToken cancel);

    /// <summary>Shows a reply to one person only, in that place where the platform can, else in their direct conversation.</summary>
    Task<PostOutcome> PostPrivateAsync(ChatAddress address, ChatUser user, ChatReply reply, string key, CancellationToken cancel);

    /// <summary>The message that was posted under that key since then, or null: not there, or this platform cannot tell.</summary>
    Task<string?> FindAsync(ChatAddress address, string key, DateTimeOffset since, CancellationToken cancel);

    /// <summary>Shows that work goes on, such as "Reading Server_9"; lost without harm.</summary>
    Task ShowProgressAsync(ChatAddress address, string text, CancellationToken cancel);

    /// <summary>A message that grows while the turn is worked; null where the platform has none there, and the answer is posted.</summary>
    IChatStream? OpenStream(ChatTurn turn) => null;
}
