using System.Text.Json;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Teams;

/// <summary>What it takes to post unasked: kept a conversation, and a person for private answers.</summary>
/// <param name="Conversation">Without a thread; null for a person.</param>
/// <param name="IsChannel">A channel has threads; a chat has none.</param>
/// <param name="BotId"><c>28:</c> and the app id.</param>
/// <param name="Person">The person's own <c>29:</c> id, when the reference is a person's.</param>
internal sealed record TeamsReference(string ServiceUrl, string? Conversation, bool IsChannel, bool IsPersonal, string Tenant, string BotId, string? BotName, string? Person)
{
    public string ToJson() => JsonSerializer.Serialize(this, TeamsJson.Options);

    public static TeamsReference? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<TeamsReference>(json, TeamsJson.Options);

    /// <summary>The conversation's reference and, when somebody wrote, theirs, each with the address it is kept under.</summary>
    public static IEnumerable<(ChatAddress Address, TeamsReference Reference)> From(TeamsActivity activity, string tenant)
    {
        if (activity is not { ServiceUrl: { } service, ConversationId: { } conversation, BotId: { } bot })
            yield break;
        var channel = TeamsTurns.ChannelOf(conversation);
        yield return (new(TeamsPoster.PlatformName, tenant, channel), new(service, channel, activity.IsChannel, activity.IsPersonal, tenant, bot, activity.BotName, null));
        if (activity.FromId is { } person && person != bot)
            yield return (PersonAddress(tenant, activity.FromObjectId ?? person), new(service, null, false, true, tenant, bot, activity.BotName, person));
    }

    /// <summary>Where a person's reference is kept; a conversation id never has that form.</summary>
    public static ChatAddress PersonAddress(string tenant, string userId) => new(TeamsPoster.PlatformName, tenant, $"person:{userId}");
}
