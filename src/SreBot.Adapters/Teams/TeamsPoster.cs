using System.Text.Json.Nodes;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Teams;

/// <summary>Posts to Teams. Every message is one card and no text: only such a message has one id and can be updated in place.</summary>
internal sealed class TeamsPoster(TeamsConnector connector, TeamsCard card, IChatStateStore state) : IChatPoster
{
    public const string PlatformName = "teams";

    private static readonly PostOutcome.GaveUp Unknown =
        new("SreBot has not met that Teams conversation yet: add its app there, or mention it there once.");

    public string Platform => PlatformName;

    /// <summary>In a channel without a thread it starts one, whose id is the message's.</summary>
    public async Task<PostOutcome> PostAsync(ChatAddress address, ChatReply reply, string key, CancellationToken cancel)
    {
        if (await FindReferenceAsync(address, cancel) is not { } reference)
            return Unknown;
        if (reference.IsChannel && address.Thread is null)
        {
            var created = await connector.CreateAsync(reference.ServiceUrl, NewThread(reference, address.Channel, Message(reference, reply)), cancel);
            return Outcome(created, "activityId");
        }

        return await SendAsync(reference, ConversationOf(reference, address), Message(reference, reply), cancel);
    }

    /// <summary>A channel's message lives in the conversation of its thread, and the first message is its own thread.</summary>
    public async Task<PostOutcome> UpdateAsync(ChatAddress address, string messageId, ChatReply reply, CancellationToken cancel)
    {
        if (await FindReferenceAsync(address, cancel) is not { } reference)
            return Unknown;
        var conversation = ConversationOf(reference, address with { Thread = address.Thread ?? messageId });
        var activity = Message(reference, reply);
        activity["id"] = messageId;
        var answer = await connector.UpdateAsync(reference.ServiceUrl, conversation, messageId, activity, cancel);
        return answer.Failure ?? new PostOutcome.Posted(messageId);
    }

    /// <summary>In the person's own chat with the bot: a channel has no place that one person alone sees.</summary>
    public async Task<PostOutcome> PostPrivateAsync(ChatAddress address, ChatUser user, ChatReply reply, string key, CancellationToken cancel)
    {
        var here = await FindReferenceAsync(address, cancel);
        if (here is { IsPersonal: true })
            return await PostAsync(address, reply, key, cancel);
        var reference = await FindReferenceAsync(TeamsReference.PersonAddress(user.Workspace, user.Id), cancel) ?? (here is null ? null : here with { Person = user.Id });
        if (reference is null)
            return Unknown;
        var created = await connector.CreateAsync(reference.ServiceUrl, NewChat(reference), cancel);
        if (created.Failure is { } failure)
            return failure is PostOutcome.TryAgain again ? again with { IsUncertain = false } : failure; // creating a chat twice gives the same chat
        return created.Body.TextAt("id") is { } chat
            ? await SendAsync(reference, chat, Message(reference, reply), cancel)
            : new PostOutcome.TryAgain("Teams named no chat with that person.");
    }

    /// <summary>Always null: the Bot Connector cannot list what was posted.</summary>
    public Task<string?> FindAsync(ChatAddress address, string key, DateTimeOffset since, CancellationToken cancel) => Task.FromResult<string?>(null);

    /// <summary>Teams shows three dots; the text has no place. They belong to the whole channel: a thread's own id stops some clients.</summary>
    public async Task ShowProgressAsync(ChatAddress address, string text, CancellationToken cancel)
    {
        if (await FindReferenceAsync(address, cancel) is { } reference)
            await connector.SendAsync(reference.ServiceUrl, address.Channel, Activity(reference, "typing"), cancel);
    }

    private async Task<TeamsReference?> FindReferenceAsync(ChatAddress address, CancellationToken cancel) =>
        TeamsReference.Read(await state.FindReferenceAsync(address with { Thread = null }, cancel));

    private async Task<PostOutcome> SendAsync(TeamsReference reference, string conversation, JsonObject activity, CancellationToken cancel) =>
        Outcome(await connector.SendAsync(reference.ServiceUrl, conversation, activity, cancel), "id");

    private static PostOutcome Outcome(TeamsAnswer answer, string idField) =>
        answer.Failure ?? (answer.Body.TextAt(idField) is { Length: > 0 } id
            ? new PostOutcome.Posted(id)
            : new PostOutcome.GaveUp("Teams took the message and gave it no id, so it cannot be updated."));

    private static string ConversationOf(TeamsReference reference, ChatAddress address) =>
        TeamsTurns.ConversationOf(address.Channel, reference.IsChannel ? address.Thread : null);

    private JsonObject Message(TeamsReference reference, ChatReply reply)
    {
        var activity = Activity(reference, "message");
        activity["summary"] = reply.Summary.Length > 300 ? reply.Summary[..299] + "…" : reply.Summary;
        activity["attachments"] = new JsonArray(new JsonObject { ["contentType"] = TeamsCard.ContentType, ["content"] = card.Render(reply) });
        return activity;
    }

    private static JsonObject Activity(TeamsReference reference, string type) => new()
    {
        ["type"] = type,
        ["from"] = Bot(reference),
        ["channelData"] = Tenant(reference),
    };

    private static JsonObject NewThread(TeamsReference reference, string channel, JsonObject activity) => new()
    {
        ["isGroup"] = true,
        ["bot"] = Bot(reference),
        ["tenantId"] = reference.Tenant,
        ["channelData"] = new JsonObject { ["channel"] = new JsonObject { ["id"] = channel }, ["tenant"] = new JsonObject { ["id"] = reference.Tenant } },
        ["activity"] = activity,
    };

    private static JsonObject NewChat(TeamsReference reference) => new()
    {
        ["isGroup"] = false,
        ["bot"] = Bot(reference),
        ["members"] = new JsonArray(new JsonObject { ["id"] = reference.Person }),
        ["tenantId"] = reference.Tenant,
        ["channelData"] = Tenant(reference),
    };

    private static JsonObject Bot(TeamsReference reference) => new() { ["id"] = reference.BotId, ["name"] = reference.BotName };

    private static JsonObject Tenant(TeamsReference reference) => new() { ["tenant"] = new JsonObject { ["id"] = reference.Tenant } };
}
