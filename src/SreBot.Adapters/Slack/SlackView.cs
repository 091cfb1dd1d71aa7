using System.Text.Json.Nodes;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>Views: a form as a modal, a sentence in its place, a person's own page of the app (docs.slack.dev/surfaces/modals, reference/views).</summary>
internal static class SlackView
{
    /// <summary>The <c>callback_id</c> of every form; which one it is, its state says.</summary>
    public const string FormId = "form";

    /// <summary>The <c>action_id</c> of every input; a block's id is its field's name, since mistakes are told by block.</summary>
    public const string InputId = "value";

    private const int LongestTitle = 24;
    private const int LongestLabel = 150;
    private const int LongestOption = 75;
    private const int LongestText = 3000;
    private const int MostOptions = 100;
    private const int MostBoxes = 10;

    /// <summary>The form in a message.</summary>
    public static ReplyButtons Opener(ReplyForm form) => new([new ReplyButton(form.Title, form.Verb, form.Value)]);

    /// <param name="metadata">By <see cref="SlackViewState"/>.</param>
    public static JsonObject Form(ReplyForm form, string metadata) => new()
    {
        ["type"] = "modal",
        ["callback_id"] = FormId,
        ["private_metadata"] = metadata,
        ["title"] = Plain(form.Title, LongestTitle),
        ["submit"] = Plain(form.Submit, LongestTitle),
        ["close"] = Plain("Cancel", LongestTitle),
        ["blocks"] = new JsonArray([.. form.Fields.Select(Input)]),
    };

    /// <summary>What stands there until the form is known, or in its place.</summary>
    public static JsonObject Sentence(string title, string sentence) => new()
    {
        ["type"] = "modal",
        ["title"] = Plain(title, LongestTitle),
        ["close"] = Plain("Close", LongestTitle),
        ["blocks"] = new JsonArray(new JsonObject { ["type"] = "section", ["text"] = Plain(sentence, LongestText) }),
    };

    public static JsonObject Home(ChatReply page, PublicAddress links) => new() { ["type"] = "home", ["blocks"] = SlackBlocks.Render(page, links)[0] };

    private static JsonObject Input(ReplyField field)
    {
        var input = new JsonObject
        {
            ["type"] = "input",
            ["block_id"] = field.Name,
            ["label"] = Plain(field.Label, LongestLabel),
            ["optional"] = field.IsOptional,
            ["element"] = field.Kind == ReplyFieldKind.Text ? Text(field) : Select(field),
        };
        if (field.Hint is { Length: > 0 } hint)
            input["hint"] = Plain(hint, LongestLabel);
        return input;
    }

    private static JsonObject Text(ReplyField field)
    {
        var text = new JsonObject { ["type"] = "plain_text_input", ["action_id"] = InputId };
        if (field.Initial is [{ Length: > 0 and <= LongestText } initial, ..])
            text["initial_value"] = initial;
        return text;
    }

    private static JsonObject Select(ReplyField field)
    {
        var isMany = field.Kind == ReplyFieldKind.Choices;
        var choices = field.Choices.Take(MostOptions).ToList();
        var chosen = choices.Where(choice => field.Initial.Contains(choice.Value)).ToList();
        var select = new JsonObject
        {
            ["type"] = !isMany ? "static_select" : choices.Count <= MostBoxes ? "checkboxes" : "multi_static_select",
            ["action_id"] = InputId,
            ["options"] = new JsonArray([.. choices.Select(Option)]),
        };
        if (chosen.Count > 0 && isMany)
            select["initial_options"] = new JsonArray([.. chosen.Select(Option)]);
        else if (chosen.Count > 0)
            select["initial_option"] = Option(chosen[0]);
        return select;
    }

    private static JsonObject Option(ReplyChoice choice) => new() { ["text"] = Plain(choice.Text, LongestOption), ["value"] = choice.Value };

    private static JsonObject Plain(string text, int limit) =>
        new() { ["type"] = "plain_text", ["text"] = SlackText.Cut(text.ReplaceLineEndings(" "), limit) is { Length: > 0 } shown ? shown : "…", ["emoji"] = false };
}
