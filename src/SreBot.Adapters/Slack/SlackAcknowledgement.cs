using System.Text.Json.Nodes;

namespace SreBot.Adapters.Slack;

/// <summary>What to tell Slack about a delivery.</summary>
/// <param name="IsTaken">False: let Slack deliver it again.</param>
/// <param name="Payload">What Slack does at once, such as showing a sentence or what is wrong with a form; null for nothing.</param>
internal sealed record SlackAcknowledgement(bool IsTaken, JsonObject? Payload = null)
{
    public static readonly SlackAcknowledgement Taken = new(true);
    public static readonly SlackAcknowledgement Again = new(false);

    /// <summary>A sentence that the person alone sees; after a command only.</summary>
    public static SlackAcknowledgement Say(string sentence) => new(true, new JsonObject { ["response_type"] = "ephemeral", ["text"] = sentence });

    /// <summary>The form stays open.</summary>
    /// <param name="mistakes">By the form's fields.</param>
    public static SlackAcknowledgement Refuse(IReadOnlyDictionary<string, string> mistakes) => new(true, new JsonObject
    {
        ["response_action"] = "errors",
        ["errors"] = new JsonObject(mistakes.Select(mistake => KeyValuePair.Create<string, JsonNode?>(mistake.Key, mistake.Value))),
    });
}
