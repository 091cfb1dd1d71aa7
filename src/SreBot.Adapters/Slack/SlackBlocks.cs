using System.Text.Json.Nodes;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>A reply as Block Kit, within the limits of docs.slack.dev/reference/block-kit. Charts and files are not in it: <see cref="SlackUploader"/> brings them.</summary>
internal static class SlackBlocks
{
    /// <summary>Slack recommends no more for the text beside the blocks, and refuses more than 4,000 in an update.</summary>
    public const int LongestSummary = 3000;

    private const int LongestSection = 3000;
    private const int LongestNote = 2000;
    private const int LongestHeader = 150;
    private const int LongestButton = 75;
    private const int LongestValue = 2000;
    private const int LongestUrl = 3000;
    private const int LongestActionId = 255;
    private const int MostButtons = 25;
    private const int RoomForRow = 100;

    /// <summary>The messages that show the reply, each within what one may hold and none empty, since a message of an empty list is refused.</summary>
    public static IReadOnlyList<JsonArray> Render(ChatReply reply, PublicAddress links)
    {
        var blocks = new List<JsonObject>();
        foreach (var block in reply.Blocks)
        {
            blocks.AddRange(block switch
            {
                ReplySection { IsNote: true } note => Note(note, links),
                ReplySection section => Section(section, blocks.Count == 0, links),
                ReplyTable table => Table(table, links),
                ReplyButtons buttons => Buttons(buttons, blocks.Where(IsActions).Sum(row => row["elements"]!.AsArray().Count), links),
                ReplyForm form => Buttons(SlackView.Opener(form), blocks.Where(IsActions).Sum(row => row["elements"]!.AsArray().Count), links),
                _ => [],
            });
        }
        if (blocks.TrueForAll(IsActions))
            blocks.InsertRange(0, Section(new ReplySection { Paragraphs = [reply.Summary] }, isFirst: false, links));
        if (blocks.TrueForAll(IsActions))
            blocks.Insert(0, new() { ["type"] = "section", ["text"] = Mrkdwn("…") });
        return SlackBudget.Split(blocks);
    }

    public static string Summary(ChatReply reply) => SlackText.Cut(reply.Summary, LongestSummary) is { Length: > 0 } text ? text : "…";

    public static bool IsActions(JsonObject block) => block["type"]!.GetValue<string>() == "actions";

    public static JsonObject Context(string mrkdwn) => new() { ["type"] = "context", ["elements"] = new JsonArray(Mrkdwn(mrkdwn)) };

    private static IEnumerable<JsonObject> Section(ReplySection section, bool isFirst, PublicAddress links)
    {
        var title = section.Title?.ReplaceLineEndings(" ").Trim();
        var text = new SlackMrkdwn(LongestSection, links);
        if (!string.IsNullOrEmpty(title) && isFirst && SlackText.Escape(title) is { Length: > 0 and <= LongestHeader } header)
            yield return new() { ["type"] = "header", ["text"] = Plain(header) };
        else if (!string.IsNullOrEmpty(title))
            text.Add(ReplyText.Of(ReplyRun.Strong(title)));
        foreach (var piece in Lines(section, text))
            yield return new() { ["type"] = "section", ["text"] = Mrkdwn(piece) };
    }

    private static IEnumerable<JsonObject> Note(ReplySection note, PublicAddress links)
    {
        var text = new SlackMrkdwn(LongestNote, links);
        if (!string.IsNullOrWhiteSpace(note.Title))
            text.Add(ReplyText.Of(ReplyRun.Strong(note.Title)));
        return Lines(note, text).Select(Context);
    }

    private static IReadOnlyList<string> Lines(ReplySection section, SlackMrkdwn text)
    {
        foreach (var paragraph in section.Paragraphs)
        {
            text.NewLine();
            text.Add(paragraph);
        }
        foreach (var bullet in section.Bullets)
        {
            text.NewLine();
            text.Add("• ");
            text.Add(bullet);
        }
        return text.Finish();
    }

    private static IEnumerable<JsonObject> Table(ReplyTable table, PublicAddress links)
    {
        var rendered = new SlackTable(table);
        var title = Section(new ReplySection { Title = table.Title, Bullets = [.. rendered.LongNames.Select(name => (ReplyText)name)] }, isFirst: false, links);
        return table.Columns.Count == 0 ? title : title.Concat(rendered.Render(LongestSection).Select(code => new JsonObject { ["type"] = "section", ["text"] = Mrkdwn(code) }));
    }

    private static IEnumerable<JsonObject> Buttons(ReplyButtons buttons, int firstIndex, PublicAddress links)
    {
        var row = new JsonArray();
        var index = firstIndex;
        foreach (var one in buttons.Buttons)
        {
            if (Button(one, index, links) is not { } button)
                continue;
            index++;
            if (row.Count == MostButtons || SlackBudget.Size(row) + SlackBudget.Size(button) > SlackBudget.MostButtonCharacters - RoomForRow)
            {
                yield return Actions(row);
                row = [];
            }
            row.Add((JsonNode)button);
        }
        if (row.Count > 0)
            yield return Actions(row);
    }

    private static JsonObject Actions(JsonArray buttons) => new() { ["type"] = "actions", ["elements"] = buttons };

    /// <summary>Null for a button that Slack would refuse: half a value would do something else.</summary>
    private static JsonObject? Button(ReplyButton button, int index, PublicAddress links)
    {
        var url = button.Url is null ? null : links.Complete(button.Url);
        var id = SlackActionId.Of(url is null ? button.Verb : "", index);
        var text = SlackText.Cut(button.Text.ReplaceLineEndings(" "), LongestButton);
        if (string.IsNullOrWhiteSpace(text) || button.Value.Length > LongestValue || id.Length > LongestActionId || url?.Length > LongestUrl)
            return null;
        var element = new JsonObject { ["type"] = "button", ["action_id"] = id, ["text"] = Plain(text) };
        if (url is not null)
            element["url"] = url;
        else if (button.Value.Length > 0)
            element["value"] = button.Value;
        if (button.Style != ReplyButtonStyle.Default)
            element["style"] = button.Style == ReplyButtonStyle.Primary ? "primary" : "danger";
        return element;
    }

    private static JsonObject Plain(string text) => new() { ["type"] = "plain_text", ["text"] = text, ["emoji"] = false };

    /// <summary>Verbatim: Slack makes no links of names such as @here or #general by itself.</summary>
    private static JsonObject Mrkdwn(string text) => new() { ["type"] = "mrkdwn", ["text"] = text, ["verbatim"] = true };
}
