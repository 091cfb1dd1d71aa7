using System.Text.Json.Nodes;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Teams;

/// <summary>Buttons by Action.Execute, whose answer comes in the same response; clients without it send the same data as a message.</summary>
internal static class TeamsButtons
{
    /// <summary>Teams shows at most six in a set.</summary>
    private const int MostInSet = 6;

    public static IEnumerable<JsonObject> Render(ReplyButtons buttons, PublicAddress address) =>
        buttons.Buttons.Chunk(MostInSet).Select(set => new JsonObject
        {
            ["type"] = "ActionSet",
            ["actions"] = new JsonArray([.. set.Select(button => Action(button, address)).OfType<JsonObject>()]),
        });

    private static JsonObject? Action(ReplyButton button, PublicAddress address)
    {
        if (button.Url is { } url)
        {
            return TeamsText.WebAddress(address, url) is { } link
                ? new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = button.Text, ["url"] = link }
                : null;
        }

        var action = Send(button, "Action.Execute");
        action["verb"] = button.Verb;
        action["fallback"] = Send(button, "Action.Submit");
        return action;
    }

    private static JsonObject Send(ReplyButton button, string type)
    {
        var action = new JsonObject
        {
            ["type"] = type,
            ["title"] = button.Text,
            ["data"] = new JsonObject { [TeamsCard.VerbField] = button.Verb, [TeamsCard.ValueField] = button.Value },
        };
        if (button.Style != ReplyButtonStyle.Default)
            action["style"] = button.Style == ReplyButtonStyle.Danger ? "destructive" : "positive";
        return action;
    }
}
