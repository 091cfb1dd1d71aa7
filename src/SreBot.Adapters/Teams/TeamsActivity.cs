using System.Text.Json;

namespace SreBot.Adapters.Teams;

/// <summary>One Bot Connector activity. What is absent or of an unexpected kind is null: Teams adds shapes without notice.</summary>
internal sealed class TeamsActivity(JsonElement root)
{
    public string? Type => root.TextAt("type");

    public string? Id => root.TextAt("id");

    /// <summary>Always <c>msteams</c> from Teams.</summary>
    public string? ChannelId => root.TextAt("channelId");

    /// <summary>Where answers go.</summary>
    public string? ServiceUrl => root.TextAt("serviceUrl");

    public string? Text => root.TextAt("text");

    /// <summary>What an invoke wants.</summary>
    public string? Name => root.TextAt("name");

    /// <summary>What an installation update did: <c>add</c>, <c>remove</c>, and either with <c>-upgrade</c>.</summary>
    public string? Action => root.TextAt("action");

    /// <summary>The message that carries the card, or that is reacted to.</summary>
    public string? ReplyToId => root.TextAt("replyToId");

    /// <summary>What a card sent.</summary>
    public JsonElement Value => root.At("value");

    public IEnumerable<JsonElement> Entities => root.At("entities").Items();

    public DateTimeOffset? Timestamp => root.At("timestamp") is { ValueKind: JsonValueKind.String } at && at.TryGetDateTimeOffset(out var time) ? time : null;

    public string? FromId => root.TextAt("from", "id");

    public string? FromName => root.TextAt("from", "name");

    /// <summary>The person's Entra object id; guests of some kinds have none.</summary>
    public string? FromObjectId => root.TextAt("from", "aadObjectId");

    public string? BotId => root.TextAt("recipient", "id");

    public string? BotName => root.TextAt("recipient", "name");

    /// <summary>With <c>;messageid=</c> and the root's id in a channel's thread.</summary>
    public string? ConversationId => root.TextAt("conversation", "id");

    public bool IsPersonal => ConversationType == "personal";

    public bool IsChannel => ConversationType == "channel";

    public string? TeamId => root.TextAt("channelData", "team", "id");

    /// <summary>Every tenant that the activity names; more than one only when somebody else's people share the place.</summary>
    public IEnumerable<string> Tenants =>
        new[] { root.TextAt("conversation", "tenantId"), root.TextAt("channelData", "tenant", "id") }.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase);

    private string? ConversationType => root.TextAt("conversation", "conversationType") ?? GuessType();

    private string GuessType()
    {
        if (root.At("channelData", "channel").ValueKind == JsonValueKind.Object || root.At("channelData", "team").ValueKind == JsonValueKind.Object)
            return "channel";
        return root.At("conversation", "isGroup").ValueKind == JsonValueKind.True ? "groupChat" : "personal";
    }
}
