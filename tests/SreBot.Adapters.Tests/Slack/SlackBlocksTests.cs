using System.Text.RegularExpressions;
using SreBot.Adapters.Chat;
using SreBot.Adapters.Slack;
using static SreBot.Adapters.Tests.Slack.RenderedReply;

namespace SreBot.Adapters.Tests.Slack;

public sealed partial class SlackBlocksTests
{
    [Fact]
    public void Three_hundred_ugly_replies_stay_inside_every_limit_lose_nothing_and_ping_nobody()
    {
        var alike = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var reply = Replies.Ugly(seed);
            var messages = Parts(reply);
            var summary = SlackBlocks.Summary(reply);

            Assert.True(!messages.SelectMany(BlockRules.Check).Any(), $"seed {seed}: {string.Join("; ", messages.SelectMany(BlockRules.Check))}");
            Assert.True(summary.Length is > 0 and <= 4000, $"seed {seed}: summary of {summary.Length}");
            foreach (var text in messages.SelectMany(Texts).Append(summary))
            {
                var rest = OwnLink().Replace(text, "");
                Assert.True(!rest.Contains('<') && !rest.Contains('>'), $"seed {seed}: {text}");
                Assert.False(HalfPair(text), $"seed {seed}: half a surrogate pair");
            }
            Assert.True(SplitAnswer.Prose(reply) == SplitAnswer.Prose(messages), $"seed {seed}: the text is another");
            if (SplitAnswer.Columns(reply, messages) is { } columns)
                Assert.Equal(SplitAnswer.Columns(reply), columns);
            else
                alike++;
        }
        Assert.InRange(alike, 0, 75); // of these, the tables cannot be put together again without doubt
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
    public void An_answer_that_is_too_long_goes_on_in_more_messages_and_its_buttons_stay_in_the_first()
    {
        var sections = Enumerable.Range(0, 80).Select(number => new ReplySection { Paragraphs = [$"paragraph {number}"] });

        var messages = Parts(new() { Summary = "x", Blocks = [.. sections, new ReplyButtons([new("Acknowledge", "ack", "1")])] });

        Assert.Equal([49, 32], messages.Select(message => message.GetArrayLength()));
        Assert.Equal(Enumerable.Range(0, 80).Select(number => $"paragraph {number}"), messages.SelectMany(Texts).Where(text => text != "Acknowledge"));
        Assert.Equal("ack:0", messages[0][48].GetProperty("elements")[0].GetProperty("action_id").GetString());
    }

    [Fact]
    public void Sixty_buttons_are_all_there_and_told_apart()
    {
        var buttons = Enumerable.Range(0, 60).Select(number => new ReplyButton($"Button {number}", "ask", number + new string('x', 900))).ToList();

        var messages = Parts(new() { Summary = "x", Blocks = [new ReplyButtons(buttons), new ReplyButtons(buttons)] });

        var shown = messages.SelectMany(message => message.EnumerateArray()).Where(block => block.GetProperty("type").GetString() == "actions").SelectMany(row => row.GetProperty("elements").EnumerateArray()).ToList();
        Assert.Equal(buttons.Concat(buttons).Select(button => button.Value), shown.Select(button => button.GetProperty("value").GetString()));
        Assert.Equal(120, shown.Select(button => button.GetProperty("action_id").GetString()).Distinct().Count());
        Assert.Empty(messages.SelectMany(BlockRules.Check));
    }

    [Fact]
    public void Neither_a_word_in_two_styles_nor_an_emoji_with_joiners_is_broken()
    {
        var family = "👩‍👩‍👧‍👦";
        var word = ReplyText.Of("it is ", ReplyRun.Strong("Server"), "_9, ");

        var pieces = Texts(Render(new() { Summary = "x", Blocks = [new ReplySection { Paragraphs = [new([.. Enumerable.Repeat(word, 300).SelectMany(text => text.Runs)])] }] }));
        var emoji = Texts(Render(new() { Summary = "x", Blocks = [new ReplySection { Paragraphs = [string.Concat(Enumerable.Repeat(family, 400))] }] }));

        Assert.True(pieces.Count > 1 && emoji.Count > 1);
        Assert.All(pieces, piece => Assert.DoesNotMatch("(^_9|\\*$)", piece));
        Assert.All(emoji, piece => Assert.Equal(0, piece.Length % family.Length));
    }

    [Fact]
    public void A_title_that_is_too_long_for_a_header_is_shown_whole()
    {
        var title = string.Join(' ', Enumerable.Repeat("word", 50));

        Assert.Equal([$"*{title}*"], Texts(Render(new() { Summary = "x", Blocks = [new ReplySection { Title = title }] })));
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
