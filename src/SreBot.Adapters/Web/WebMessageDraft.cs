using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Web;

/// <summary>A message about to be stored.</summary>
/// <param name="ThreadId">The message it answers; null: it stands in the channel.</param>
/// <param name="PrivateTo">The <see cref="ChatUser.Id"/> of the one person who may see it; null: everyone in the channel.</param>
/// <param name="Text">What a person wrote, or the one-line summary of <paramref name="Reply"/>.</param>
/// <param name="Reply">For the bot's messages.</param>
/// <param name="Key">Unique in the workspace and channel, so that the same message sent twice is stored once.</param>
public sealed record WebMessageDraft(
    string Workspace, string Channel, long? ThreadId, string? PrivateTo, string Author, bool IsBot, string Text, ChatReply? Reply, string? Key);
