using SreBot.Adapters.Chat;

namespace SreBot.Model;

/// <summary>A feature's part of a person's own page.</summary>
internal interface IHomeSection
{
    /// <summary>The smallest stands on top.</summary>
    int Place { get; }

    Task<IReadOnlyList<ReplyBlock>> ShowAsync(Caller caller, CancellationToken cancel);

    /// <summary>What to offer to ask; none unless said.</summary>
    Task<IReadOnlyList<ChatPrompt>> SuggestAsync(Caller caller, CancellationToken cancel) => Task.FromResult<IReadOnlyList<ChatPrompt>>([]);
}
