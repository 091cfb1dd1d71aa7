namespace SreBot.Adapters.Slack;

/// <summary>A button's <c>action_id</c>: its verb, a colon, and an index that makes it unique in the message. A button that opens a link has no verb.</summary>
internal static class SlackActionId
{
    public static string Of(string verb, int index) => $"{verb}:{index}";

    public static string Verb(string actionId) => actionId.LastIndexOf(':') is >= 0 and var colon ? actionId[..colon] : actionId;
}
