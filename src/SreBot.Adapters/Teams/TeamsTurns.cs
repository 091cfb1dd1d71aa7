using System.Text.Json;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Teams;

/// <summary>Reads turns and references out of activities.</summary>
internal static class TeamsTurns
{
    private const string RootMark = ";messageid=";

    /// <summary>Null for what is not addressed to the bot: its own messages, and channel talk without a mention.</summary>
    public static ChatTurn? FromMessage(TeamsActivity activity, string tenant, DateTimeOffset now)
    {
        if (activity is not { Id: { } id, ConversationId: { } conversation, FromId: { } from, BotId: { } bot } || from == bot)
            return null;
        if (ActionOf(activity.Value) is { } action && string.IsNullOrWhiteSpace(activity.Text))
            return Turn(activity, tenant, now, ChatTurnKind.Action) with { Action = action, MessageId = activity.ReplyToId };
        if (!activity.IsPersonal && !TeamsMentions.Has(activity.Entities, bot))
            return null;
        return Turn(activity, tenant, now, ChatTurnKind.Message) with { Text = TeamsMentions.Strip(activity.Text ?? "", activity.Entities, bot), MessageId = id };
    }

    /// <summary>A clicked button that waits for its answer; null when it is not one of SreBot's.</summary>
    public static ChatTurn? FromInvoke(TeamsActivity activity, string tenant, DateTimeOffset now) =>
        activity is { Id: not null, ConversationId: not null, FromId: not null } && ActionOf(activity.Value.At("action").At("data"), activity.Value.TextAt("action", "verb")) is { } action
            ? Turn(activity, tenant, now, ChatTurnKind.Action) with { Action = action, MessageId = activity.ReplyToId }
            : null;

    /// <summary>The channel without its thread.</summary>
    public static string ChannelOf(string conversation) => conversation.Split(RootMark)[0];

    /// <summary>The conversation to post to: the channel, or a thread of it.</summary>
    public static string ConversationOf(string channel, string? root) => root is null ? channel : channel + RootMark + root;

    private static ChatTurn Turn(TeamsActivity activity, string tenant, DateTimeOffset now, ChatTurnKind kind) => new()
    {
        EventId = $"{activity.ConversationId}|{activity.Id}",
        Kind = kind,
        Address = new(TeamsPoster.PlatformName, tenant, ChannelOf(activity.ConversationId!), RootOf(activity)),
        User = new(TeamsPoster.PlatformName, tenant, activity.FromObjectId ?? activity.FromId!, activity.FromName),
        IsDirect = activity.IsPersonal,
        At = activity.Timestamp ?? now,
    };

    private static string? RootOf(TeamsActivity activity)
    {
        var parts = activity.ConversationId!.Split(RootMark);
        return parts.Length > 1 ? parts[1] : activity.IsChannel ? activity.ReplyToId : null;
    }

    /// <summary>What <see cref="TeamsCard"/> put into a button, whichever way the client sends it.</summary>
    private static ChatAction? ActionOf(JsonElement data, string? verb = null) =>
        (verb ?? data.TextAt(TeamsCard.VerbField)) is { Length: > 0 } known ? new(known, data.TextAt(TeamsCard.ValueField) ?? "") { Fields = TeamsForm.Read(data) } : null;
}
