namespace SreBot.Adapters.Chat;

/// <summary>What a person finds on their own page of the bot, and what they are offered to ask. The host may have none.</summary>
public interface IChatHome
{
    /// <summary>The person's page; for one who is not known, the sentence that says what to do.</summary>
    /// <param name="said">What was answered to the click that led here; null: none did.</param>
    Task<ChatReply> ShowAsync(ChatUser user, string? said, CancellationToken cancel);

    /// <summary>What to offer in an empty conversation, the most likely first; at most four.</summary>
    Task<IReadOnlyList<ChatPrompt>> SuggestAsync(ChatUser user, CancellationToken cancel);
}

/// <summary>A question to offer.</summary>
/// <param name="Title">What is shown; at most 60 characters.</param>
/// <param name="Text">What is said when it is chosen.</param>
public sealed record ChatPrompt(string Title, string Text);
