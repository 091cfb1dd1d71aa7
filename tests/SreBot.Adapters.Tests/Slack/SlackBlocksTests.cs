using System.Text.Json;
using System.Text.RegularExpressions;
using SreBot.Adapters.Chat;
using SreBot.Adapters.Slack;

namespace SreBot.Adapters.Tests.Slack;

public sealed partial class SlackBlocksTests
{
    private static readonly PublicAddress Links = new(() => new Uri("http://127.0.0.1:5080"));

    [Fact]
    public void A_thousand_ugly_replies_stay_inside_every_limit_and_ping_nobody()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var reply = Replies.Ugly(seed);
            var blocks = Render(reply);
            var summary = SlackBlocks.Summary(reply);

            Assert.True(!BlockRules.Check(blocks).Any(), $"seed {seed}: {string.Join("; ", BlockRules.Check(blocks))}");
            Assert.True(summary.Length is > 0 and <= 4000, $"seed {seed}: summary of {summary.Length}");
            foreach (var text in Texts(blocks).Append(summary))
            {
                var rest = OwnLink().Replace(text, "");
                Assert.True(!rest.Contains('<') && !rest.Contains('>'), $"seed {seed}: {text}");
                Assert.False(HalfPair(text), $"seed {seed}: half a surrogate pair");
            }
        }
    }

    [Fact]
    public void Telemetry_cannot_ping()
    {
        var blocks = Render(new() { Summary = "<!channel>", Blocks = [new ReplySection { Title = "<!here>", Paragraphs = ["<!channel> & <@U1>"] }, new ReplyTable("<!everyone>", ["<!a>"], [["<@U1>"]], [])] });

        Assert.Equal(["&lt;!here&gt;", "&lt;!channel&gt; &amp; &lt;@U1&gt;", "*&lt;!everyone&gt;*", "```\n&lt;!a&gt;\n-----\n&lt;@U1&gt;\n```"], Texts(blocks));
        Assert.All(blocks.EnumerateArray().Where(block => block.GetProperty("type").GetString() == "section"), block => Assert.True(block.GetProperty("text").GetProperty("verbatim").GetBoolean()));
    }

    [Fact]
    public void Links_are_completed_with_the_public_address()
    {
        var blocks = Render(Replies.Answer);

        Assert.Contains("<http://127.0.0.1:5080/investigations/7|the steps>", Texts(blocks)[1]);
        Assert.Equal("http://127.0.0.1:5080/incidents/1", blocks[2].GetProperty("elements")[1].GetProperty("url").GetString());
    }

    [Fact]
    public void Runs_keep_their_style()
    {
        var blocks = Render(new() { Summary = "x", Blocks = [new ReplySection { Paragraphs = [ReplyText.Of("a ", ReplyRun.Strong(" b*c "), ReplyRun.Code("d`e"), ".")], Bullets = ["one", "two"] }] });

        Assert.Equal(["a  *b∗c* `d'e`.\n• one\n• two"], Texts(blocks));
    }

    [Fact]
    public void A_table_is_aligned_with_its_numbers_flush_right()
    {
        var blocks = Render(new() { Summary = "x", Blocks = [new ReplyTable("Top servers", ["Server", "p95 ms"], [["Server_9", "95.2"], ["日本", "7"]], [1])] });

        Assert.Equal("""
            ```
            Server    p95 ms
            --------  ------
            Server_9    95.2
            日本           7
            ```
            """, Texts(blocks)[1], ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void A_table_that_is_too_long_says_how_many_rows_are_missing()
    {
        var rows = Enumerable.Range(0, 500).Select(row => (IReadOnlyList<string>)[$"Server_{row}", "1"]).ToList();

        var table = Texts(Render(new() { Summary = "x", Blocks = [new ReplyTable("Top", ["Server", "n"], rows, [1])] }))[1];

        var shown = table.Split('\n').Count(line => line.StartsWith("Server_", StringComparison.Ordinal));
        Assert.InRange(shown, 50, 499);
        Assert.EndsWith($"```\n{500 - shown} more rows", table);
    }

    [Fact]
    public void Long_text_is_split_between_words()
    {
        var words = Enumerable.Range(0, 1000).Select(number => $"word{number}").ToList();

        var pieces = Texts(Render(new() { Summary = "x", Blocks = [new ReplySection { Paragraphs = [string.Join(' ', words)] }] }));

        Assert.True(pieces.Count > 1);
        Assert.Equal(words.Take(pieces.Sum(piece => piece.Split(' ').Length)), pieces.SelectMany(piece => piece.Split(' ')));
        Assert.Equal(words.Count, pieces.Sum(piece => piece.Split(' ').Length));
    }

    [Fact]
    public void A_pair_of_surrogates_is_never_split()
    {
        var pieces = Texts(Render(new() { Summary = "x", Blocks = [new ReplySection { Paragraphs = ["a" + string.Concat(Enumerable.Repeat("😀", 2500))] }] }));

        Assert.True(pieces.Count > 1);
        Assert.DoesNotContain(pieces, HalfPair);
    }

    [Fact]
    public void An_answer_that_is_too_long_says_so_and_keeps_its_buttons()
    {
        var sections = Enumerable.Range(0, 80).Select(number => new ReplySection { Paragraphs = [$"paragraph {number}"] });

        var blocks = Render(new() { Summary = "x", Blocks = [.. sections, new ReplyButtons([new("Acknowledge", "ack", "1")])] });

        Assert.Equal(50, blocks.GetArrayLength());
        Assert.Contains("cut", Texts(blocks)[48]);
        Assert.Equal("ack:0", blocks[49].GetProperty("elements")[0].GetProperty("action_id").GetString());
    }

    [Fact]
    public void A_reply_of_a_chart_alone_shows_its_summary() =>
        Assert.Equal(["The line &amp; its past"], Texts(Render(new() { Summary = "The line & its past", Blocks = [Replies.Chart] })));

    [Fact]
    public void A_button_whose_value_is_too_long_is_left_out()
    {
        var blocks = Render(new() { Summary = "x", Blocks = [new ReplyButtons([new("Long", "a", new string('x', 2001)), new("Short", "b", "y")])] });

        var only = Assert.Single(blocks[1].GetProperty("elements").EnumerateArray());
        Assert.Equal("b", SlackActionId.Verb(only.GetProperty("action_id").GetString()!));
    }

    private static JsonElement Render(ChatReply reply) => JsonDocument.Parse(SlackBlocks.Render(reply, Links).ToJsonString(SlackJson.Compact)).RootElement;

    private static List<string> Texts(JsonElement blocks) =>
    [
        .. blocks.EnumerateArray().SelectMany(block => block.GetProperty("type").GetString() switch
        {
            "actions" => block.GetProperty("elements").EnumerateArray().Select(element => element.GetProperty("text").GetProperty("text").GetString()!),
            "context" => block.GetProperty("elements").EnumerateArray().Select(element => element.GetProperty("text").GetString()!),
            _ => [block.GetProperty("text").GetProperty("text").GetString()!],
        }),
    ];

    private static bool HalfPair(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
                index++;
            else if (char.IsSurrogate(text[index]))
                return true;
        }
        return false;
    }

    [GeneratedRegex("<http://127\\.0\\.0\\.1:5080/[^<>|]*\\|[^<>|]*>")]
    private static partial Regex OwnLink();
}
