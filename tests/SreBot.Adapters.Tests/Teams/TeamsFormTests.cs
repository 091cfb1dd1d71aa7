using System.Text.Json;
using System.Text.Json.Nodes;
using SreBot.Adapters.Chat;
using SreBot.Adapters.Teams;
using SreBot.Adapters.Tests.Slack;

namespace SreBot.Adapters.Tests.Teams;

public sealed class TeamsFormTests
{
    private const string Service = "https://smba.trafficmanager.net/emea/";

    [Fact]
    public void Each_field_is_an_input_that_says_what_it_says_and_whether_it_is_needed()
    {
        var inputs = Inputs();

        Assert.Equal(["field.dish", "field.count", "field.extras", "field.note"], inputs.Select(input => (string?)input["id"]));
        Assert.Equal(["Input.ChoiceSet", "Input.Text", "Input.ChoiceSet", "Input.Text"], inputs.Select(input => (string?)input["type"]));
        Assert.Equal([true, true, false, false], inputs.Select(input => (bool)input["isRequired"]!));
        Assert.Equal(["soup", "2", "bread,salt%2C%20sea", null], inputs.Select(input => (string?)input["value"]));
    }

    [Theory]
    [InlineData("Action.Execute")]
    [InlineData("Action.Submit")]
    public void What_was_filled_in_comes_back_by_field_whichever_way_the_client_sends_it(string way)
    {
        var action = Elements().Single(element => (string?)element["type"] == "ActionSet")["actions"]![0]!.AsObject();
        var data = (way == "Action.Execute" ? action : action["fallback"]!)["data"]!.DeepClone().AsObject();
        data["field.dish"] = "pie";
        data["field.count"] = " 3 ";
        data["field.extras"] = "bread,salt%2C%20sea";

        var turn = way == "Action.Execute"
            ? TeamsTurns.FromInvoke(Activity(Activities.Execute(Service, Forms.Verb, "").With("value", new JsonObject { ["action"] = new JsonObject { ["verb"] = Forms.Verb, ["data"] = data } })), "t", DateTimeOffset.UnixEpoch)
            : TeamsTurns.FromMessage(Activity(Activities.Submit(Service, "", "").With("value", data)), "t", DateTimeOffset.UnixEpoch);

        Assert.Equal((Forms.Verb, "table 7"), (turn!.Action!.Verb, turn.Action.Value));
        Assert.Equal(["pie"], turn.Action.Fields!["dish"]);
        Assert.Equal(["3"], turn.Action.Fields["count"]);
        Assert.Equal(["bread", "salt, sea"], turn.Action.Fields["extras"]);
        Assert.DoesNotContain("note", turn.Action.Fields.Keys);
    }

    [Fact]
    public void A_button_sends_no_fields() =>
        Assert.Null(TeamsTurns.FromInvoke(Activity(Activities.Execute(Service, "ack", "INC-7")), "t", DateTimeOffset.UnixEpoch)!.Action!.Fields);

    private static List<JsonObject> Inputs() => [.. Elements().Where(element => ((string)element["type"]!).StartsWith("Input.", StringComparison.Ordinal))];

    private static List<JsonObject> Elements() => [.. TeamsForm.Render(Forms.Form)];

    private static TeamsActivity Activity(JsonObject activity) => new(JsonSerializer.SerializeToElement(activity));
}
