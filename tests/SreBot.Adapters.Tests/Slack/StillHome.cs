using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>A person's page that says who looks, and what was said.</summary>
internal sealed class StillHome : IChatHome
{
    public Task<ChatReply> ShowAsync(ChatUser user, string? said, CancellationToken cancel) => Task.FromResult(new ChatReply
    {
        Summary = "Your page",
        Blocks =
        [
            new ReplySection { Title = $"Page of {user.Id}", Paragraphs = [said ?? "nothing said"] },
            new ReplyButtons([new("Acknowledge", "ack", "INC-1"), new("New order", Forms.Verb, "table 7")]),
        ],
    });

    public Task<IReadOnlyList<ChatPrompt>> SuggestAsync(ChatUser user, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ChatPrompt>>([new("Why INC-1?", "why is INC-1 slow?"), new("<!channel>", "b"), new("c", "c"), new("d", "d"), new("too many", "e")]);
}
