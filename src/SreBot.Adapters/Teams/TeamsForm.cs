using System.Text.Json;
using System.Text.Json.Nodes;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Teams;

/// <summary>A form as inputs in the card; its button sends their values beside its own data.</summary>
internal static class TeamsForm
{
    /// <summary>In a button's data: what was filled in came with it.</summary>
    private const string FormField = "form";

    /// <summary>Before the names of fields, which share an object with the button's data.</summary>
    private const string Prefix = "field.";

    public static IEnumerable<JsonObject> Render(ReplyForm form)
    {
        yield return TeamsText.Title(form.Title);
        foreach (var field in form.Fields)
        {
            yield return Input(field);
            if (field.Hint is { Length: > 0 } hint)
                yield return TeamsText.Note(hint);
        }

        yield return new JsonObject { ["type"] = "ActionSet", ["actions"] = new JsonArray(Submit(form)) };
    }

    /// <summary>What was filled in; null when the data is of no form.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>>? Read(JsonElement data)
    {
        if (data.TextAt(FormField) is not { } several)
            return null;
        var lists = several.Split(',');
        return data.EnumerateObject().Where(entry => entry.Name.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(
            entry => entry.Name[Prefix.Length..], entry => Values(entry.Value.TextAt() ?? "", lists.Contains(entry.Name[Prefix.Length..])));
    }

    /// <summary>Several choices come with commas between.</summary>
    private static IReadOnlyList<string> Values(string text, bool isList) =>
        [.. (isList ? text.Split(',').Select(Uri.UnescapeDataString) : [text]).Select(value => value.Trim()).Where(value => value.Length > 0)];

    private static JsonObject Input(ReplyField field)
    {
        var input = new JsonObject
        {
            ["type"] = field.Kind == ReplyFieldKind.Text ? "Input.Text" : "Input.ChoiceSet",
            ["id"] = Prefix + field.Name,
            ["label"] = field.Label,
            ["isRequired"] = !field.IsOptional,
        };
        if (!field.IsOptional)
            input["errorMessage"] = "This is needed.";
        if (field.Kind != ReplyFieldKind.Text)
        {
            input["choices"] = new JsonArray([.. field.Choices.Select(choice => new JsonObject { ["title"] = choice.Text, ["value"] = Written(field, choice.Value) })]);
            input["isMultiSelect"] = field.Kind == ReplyFieldKind.Choices;
            input["style"] = "compact";
        }

        if (field.Initial.Count > 0)
            input["value"] = string.Join(',', field.Initial.Select(value => Written(field, value)));
        return input;
    }

    /// <summary>A comma would part one choice in two.</summary>
    private static string Written(ReplyField field, string value) => field.Kind == ReplyFieldKind.Choices ? Uri.EscapeDataString(value) : value;

    private static JsonObject Submit(ReplyForm form)
    {
        var action = Send(form, "Action.Execute");
        action["verb"] = form.Verb;
        action["fallback"] = Send(form, "Action.Submit");
        return action;
    }

    private static JsonObject Send(ReplyForm form, string type) => new()
    {
        ["type"] = type,
        ["title"] = form.Submit,
        ["style"] = "positive",
        ["data"] = new JsonObject
        {
            [TeamsCard.VerbField] = form.Verb,
            [TeamsCard.ValueField] = form.Value,
            [FormField] = string.Join(',', form.Fields.Where(field => field.Kind == ReplyFieldKind.Choices).Select(field => field.Name)),
        },
    };
}
