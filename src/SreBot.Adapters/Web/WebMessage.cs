using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Web;

/// <summary>A stored message, as the page gets it.</summary>
/// <param name="Revision">Rises with every new or changed message of the organization, in the order in which they become visible to readers.</param>
public sealed record WebMessage(
    long Id, string Channel, long? ThreadId, string Author, bool IsBot, string Text, ChatReply? Reply, long Revision, DateTimeOffset At, DateTimeOffset? EditedAt);
