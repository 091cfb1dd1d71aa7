namespace SreBot.Adapters.Chat;

/// <summary>One message that grows while a turn is worked. Its answer is there once, whatever fails: the message itself ends with it, or is replaced by a post.</summary>
public interface IChatStream
{
    /// <summary>Adds a step of the work, such as "Reading Server_9"; lost without harm.</summary>
    Task ShowAsync(string step, CancellationToken cancel);

    /// <summary>Ends the message with the answer, under the key. May be called again after <see cref="PostOutcome.TryAgain"/>.</summary>
    Task<PostOutcome> FinishAsync(ChatReply reply, string key, CancellationToken cancel);
}
