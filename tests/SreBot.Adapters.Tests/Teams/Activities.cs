using System.Text.Json.Nodes;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Tests.Teams;

/// <summary>Activities in the shape that Teams clients send, made for the test's own team.</summary>
internal static class Activities
{
    public const string Bot = "28:" + TokenMint.AppId;
    public const string Person = "29:writer";
    public const string PersonObjectId = "0b1ec700-0000-4000-8000-000000000001";
    public const string Channel = "19:pager@thread.tacv2";
    public const string Group = "19:room@thread.v2";
    public const string Personal = "a:personal";

    public static ChatAddress ChannelAddress { get; } = new("teams", TokenMint.TenantId, Channel);
    public static ChatAddress PersonalAddress { get; } = new("teams", TokenMint.TenantId, Personal);

    public static JsonObject Message(string serviceUrl, string text, string id = "m1") => Base(serviceUrl, "message", id, Personal, "personal").With("text", text);

    public static JsonObject ChannelMessage(string serviceUrl, string text, string root = "100", string id = "m1") =>
        Base(serviceUrl, "message", id, $"{Channel};messageid={root}", "channel").With("text", text).With("entities", new JsonArray(Mention()));

    public static JsonObject GroupMessage(string serviceUrl, string text, bool mentions) =>
        Base(serviceUrl, "message", "m1", Group, "groupChat").With("text", text).With("entities", mentions ? new JsonArray(Mention()) : []);

    public static JsonObject Installed(string serviceUrl, string action = "add") => Base(serviceUrl, "installationUpdate", "i1", Channel, "channel").With("action", action);

    public static JsonObject MembersAdded(string serviceUrl) =>
        Base(serviceUrl, "conversationUpdate", "c1", Channel, "channel").With("membersAdded", new JsonArray(new JsonObject { ["id"] = Bot }));

    public static JsonObject Reaction(string serviceUrl) =>
        Base(serviceUrl, "messageReaction", "r1", Personal, "personal").With("replyToId", "7").With("reactionsAdded", new JsonArray(new JsonObject { ["type"] = "like" }));

    public static JsonObject Execute(string serviceUrl, string verb, string value, string name = "adaptiveCard/action") =>
        Base(serviceUrl, "invoke", "e1", Personal, "personal").With("name", name).With("replyToId", "55").With("value", new JsonObject
        {
            ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = verb, ["data"] = new JsonObject { ["verb"] = verb, ["value"] = value } },
            ["trigger"] = "manual",
        });

    public static JsonObject Submit(string serviceUrl, string verb, string value) =>
        Base(serviceUrl, "message", "s1", $"{Channel};messageid=100", "channel").With("replyToId", "100").With("value", new JsonObject { ["verb"] = verb, ["value"] = value });

    public static JsonObject With(this JsonObject activity, string field, JsonNode? value)
    {
        activity[field] = value;
        return activity;
    }

    private static JsonObject Mention() => new()
    {
        ["type"] = "mention",
        ["text"] = "<at>Sre</at>",
        ["mentioned"] = new JsonObject { ["id"] = Bot, ["name"] = "Sre" },
    };

    private static JsonObject Base(string serviceUrl, string type, string id, string conversation, string conversationType)
    {
        var data = new JsonObject { ["tenant"] = new JsonObject { ["id"] = TokenMint.TenantId } };
        if (conversationType == "channel")
            data["team"] = new JsonObject { ["id"] = "19:team@thread.tacv2" };
        return new()
        {
            ["type"] = type,
            ["id"] = id,
            ["timestamp"] = "2026-03-04T05:06:07.891Z",
            ["channelId"] = "msteams",
            ["serviceUrl"] = serviceUrl,
            ["from"] = new JsonObject { ["id"] = Person, ["name"] = "The Writer", ["aadObjectId"] = PersonObjectId },
            ["recipient"] = new JsonObject { ["id"] = Bot, ["name"] = "Sre" },
            ["conversation"] = new JsonObject { ["id"] = conversation, ["conversationType"] = conversationType, ["tenantId"] = TokenMint.TenantId },
            ["channelData"] = data,
        };
    }
}
