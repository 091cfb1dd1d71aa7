using System.Text.Json.Nodes;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Teams;

/// <summary>Text as RichTextBlock, which, unlike TextBlock, reads no Markdown: text from telemetry can neither link nor format.
/// A mention needs an entity, which no card of SreBot's has.</summary>
internal static class TeamsText
{
    public static IEnumerable<JsonObject> Section(ReplySection section, TeamsDetail detail, PublicAddress address)
    {
        if (section.Title is { } title)
            yield return Title(title);
        foreach (var paragraph in section.Paragraphs)
            yield return Block(Runs(paragraph, detail, address, section.IsNote));
        foreach (var bullet in section.Bullets)
        {
            var block = Block([Run("•  ", section.IsNote), .. Runs(bullet, detail, address, section.IsNote)]);
            block["spacing"] = "Small";
            yield return block;
        }
    }

    public static JsonObject Title(string text)
    {
        var run = Run(text, isNote: false);
        run["weight"] = "Bolder";
        run["size"] = "Medium";
        return Block([run]);
    }

    public static JsonObject Line(string text) => Block([Run(text, isNote: false)]);

    /// <summary>Small and quiet.</summary>
    public static JsonObject Note(string text) => Block([Run(text, isNote: true)]);

    /// <summary>Cut text ends in an ellipsis, and never in half a character.</summary>
    public static string Shorten(string text, int most)
    {
        if (text.Length <= most)
            return text;
        var end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return text[..end] + "…";
    }

    private static IEnumerable<JsonObject> Runs(ReplyText text, TeamsDetail detail, PublicAddress address, bool isNote)
    {
        var left = detail.Characters;
        foreach (var run in text.Runs)
        {
            if (left <= 1)
                yield break;
            var shown = Shorten(run.Text, left);
            left -= shown.Length;
            yield return Styled(Run(shown, isNote), run, address);
        }
    }

    private static JsonObject Styled(JsonObject shown, ReplyRun run, PublicAddress address)
    {
        if (run.Style == ReplyStyle.Strong)
            shown["weight"] = "Bolder";
        if (run.Style == ReplyStyle.Code)
            shown["fontType"] = "Monospace";
        if (run.Url is { } url && WebAddress(address, url) is { } link)
            shown["selectAction"] = new JsonObject { ["type"] = "Action.OpenUrl", ["url"] = link };
        return shown;
    }

    /// <summary>Null for anything but a whole http(s) address: a card may open nothing else.</summary>
    public static string? WebAddress(PublicAddress address, string url) =>
        Uri.TryCreate(address.Complete(url), UriKind.Absolute, out var link) && link.Scheme is "http" or "https" ? link.AbsoluteUri : null;

    private static JsonObject Run(string text, bool isNote)
    {
        // {{DATE(…)}} and {{TIME(…)}} are worked out in every text; a space of no width keeps them as they were written.
        var run = new JsonObject { ["type"] = "TextRun", ["text"] = text.Replace("{{", "{\u200b{") };
        if (isNote)
        {
            run["size"] = "Small";
            run["isSubtle"] = true;
        }

        return run;
    }

    private static JsonObject Block(IEnumerable<JsonObject> runs) => new() { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray([.. runs]) };
}
