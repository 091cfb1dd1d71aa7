using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SreBot.Adapters.Chat;
using SreBot.Adapters.Slack;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>What an answer says, and what the messages that show it say, in a form that can be compared: blanks aside, and what marks styles.</summary>
internal static partial class SplitAnswer
{
    private const string RestIsInThread = "_The rest is in the thread._";

    /// <summary>Everything but the cells of tables.</summary>
    public static string Prose(ChatReply reply) => Plain(string.Concat(reply.Blocks.SelectMany(Lines))) is { Length: > 0 } prose || reply.Blocks.OfType<ReplyTable>().Any(table => table.Columns.Count > 0)
        ? Plain(string.Concat(reply.Blocks.SelectMany(Lines)))
        : Plain(reply.Summary);

    /// <summary>The same as it is shown.</summary>
    public static string Prose(IEnumerable<JsonElement> messages) =>
        Plain(Unescape(string.Concat(Texts(messages).Where(text => !IsCode(text) && text != RestIsInThread).Select(text => OwnLink().Replace(text, "$1")))));

    /// <summary>Each column of each table, its cells put together from the top down.</summary>
    public static List<string> Columns(ChatReply reply) =>
        [.. reply.Blocks.OfType<ReplyTable>().SelectMany(table => table.Columns.Select((_, column) => Plain(string.Concat(table.Rows.Select(row => SlackCells.Clean(row[column]))))))];

    /// <summary>The same as it is shown, the columns that are repeated taken once; null when two groups of columns look alike and cannot be told apart.</summary>
    public static List<string>? Columns(ChatReply reply, IEnumerable<JsonElement> messages)
    {
        var codes = new Queue<string>(Texts(messages).Where(IsCode).Select(Unescape));
        var columns = new List<string>();
        foreach (var table in reply.Blocks.OfType<ReplyTable>().Where(table => table.Columns.Count > 0))
        {
            var groups = Enumerable.Range(0, new SlackTable(table).Render(3000).Count()).Select(_ => codes.Dequeue().Split('\n')[1..^1]).GroupBy(lines => lines[0] + "\n" + lines[1]).ToList();
            var shown = groups.SelectMany((group, index) => Group([.. group]).Skip(index == 0 ? 0 : 1)).ToList();
            if (shown.Count != table.Columns.Count)
                return null;
            columns.AddRange(shown);
        }
        return codes.Count == 0 ? columns : null;
    }

    public static IEnumerable<string> Texts(IEnumerable<JsonElement> messages) => messages.SelectMany(blocks => blocks.EnumerateArray()).SelectMany(block => block.GetProperty("type").GetString() switch
    {
        "actions" => [],
        "context" => block.GetProperty("elements").EnumerateArray().Select(element => element.GetProperty("text").GetString()!),
        _ => [block.GetProperty("text").GetProperty("text").GetString()!],
    });

    public static bool IsCode(string text) => Code().IsMatch(text);

    private static IEnumerable<string> Lines(ReplyBlock block) => block switch
    {
        ReplySection section => [section.Title ?? "", .. section.Paragraphs.Select(paragraph => paragraph.ToString()), .. section.Bullets.Select(bullet => bullet.ToString())],
        ReplyTable table => [table.Title, .. new SlackTable(table).LongNames],
        _ => [],
    };

    private static IEnumerable<string> Group(List<string[]> codes)
    {
        var widths = codes[0][1].Split("  ").Select(dashes => dashes.Length).ToList();
        var columns = widths.Select(_ => new StringBuilder()).ToList();
        foreach (var line in codes.SelectMany(lines => lines[2..]))
        {
            foreach (var (cell, column) in Slice(line, widths).Zip(columns))
                column.Append(cell);
        }
        return columns.Select(column => Plain(column.ToString()));
    }

    private static IEnumerable<string> Slice(string line, List<int> widths)
    {
        foreach (var width in widths)
        {
            var (length, room) = (0, width);
            while (length < line.Length)
            {
                var letter = line.Substring(length, StringInfo.GetNextTextElementLength(line, length));
                if ((room -= SlackCells.Width(letter)) < 0)
                    break;
                length += letter.Length;
            }
            yield return line[..length];
            line = line[Math.Min(line.Length, length + 2)..];
        }
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune) && rune.Value is not ('*' or '∗' or '`' or '\'' or '|' or '¦' or '•'))
                plain.Append(rune.ToString());
        }
        return plain.ToString();
    }

    private static string Unescape(string text) => text.Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&");

    [GeneratedRegex("<http://127\\.0\\.0\\.1:5080/[^<>|]*\\|([^<>]*)>")]
    private static partial Regex OwnLink();

    [GeneratedRegex("\\A```\n[^\n]*\n-+(?:  -+)*\n(?:[^\n]*\n)*```\\z")]
    private static partial Regex Code();
}
