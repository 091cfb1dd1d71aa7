using SreBot.Access;
using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Hosting;

/// <summary>A person's own page, put together from what the features show there, in the person's own scope.</summary>
internal sealed class ChatHome(CallerResolver callers, IEnumerable<IHomeSection> sections, TimeProvider time) : IChatHome
{
    private static readonly ChatPrompt[] Usual =
    [
        new("Which server is slowest?", "which server is the slowest in the last hour?"),
        new("Error rate", "error rate in the last 30 minutes"),
        new("My alerts", "alert list"),
        new("What can you do?", "help"),
    ];

    public async Task<ChatReply> ShowAsync(ChatUser user, string? said, CancellationToken cancel)
    {
        var top = said is null ? (IReadOnlyList<ReplyBlock>)[] : [new ReplySection { Paragraphs = [said] }];
        try
        {
            var caller = await WhoAsync(user, cancel);
            var blocks = new List<ReplyBlock>(top);
            foreach (var section in sections.OrderBy(section => section.Place))
            {
                blocks.AddRange(await section.ShowAsync(caller, cancel));
            }

            return new ChatReply { Summary = "Your incidents, alerts and settings", Blocks = blocks };
        }
        catch (SreException error)
        {
            return ChatReply.Of(error.Message);
        }
    }

    public async Task<IReadOnlyList<ChatPrompt>> SuggestAsync(ChatUser user, CancellationToken cancel)
    {
        try
        {
            var caller = await WhoAsync(user, cancel);
            var prompts = new List<ChatPrompt>();
            foreach (var section in sections.OrderBy(section => section.Place))
            {
                prompts.AddRange(await section.SuggestAsync(caller, cancel));
            }

            return [.. prompts.Concat(Usual).Take(4)];
        }
        catch (SreException)
        {
            return [];
        }
    }

    /// <summary>Their own conversation with the bot, whose id the person's is.</summary>
    private async Task<Caller> WhoAsync(ChatUser user, CancellationToken cancel) => (await callers.ResolveAsync(new ChatTurn
    {
        EventId = "home",
        Kind = ChatTurnKind.Action,
        Address = new ChatAddress(user.Platform, user.Workspace, user.Id),
        User = user,
        IsDirect = true,
        At = time.GetUtcNow(),
    }, cancel)).Caller;
}
