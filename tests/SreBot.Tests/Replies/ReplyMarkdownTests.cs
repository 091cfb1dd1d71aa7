using SreBot.Adapters.Chat;
using SreBot.Replies;

namespace SreBot.Tests.Replies;

public sealed class ReplyMarkdownTests
{
    [Fact]
    public void Writes_sections_and_tables()
    {
        var reply = new ChatReply
        {
            Summary = "Server_9 is slow",
            Blocks =
            [
                new ReplySection { Title = "Cause", Paragraphs = [ReplyText.Of(ReplyRun.Strong("Server_9"), " is slow")], Bullets = [ReplyText.Of(ReplyRun.Link("step 1", "/investigations/1#step-1"))] },
                new ReplyTable("Peers", ["server", "p95"], [["Server_9", "412 ms"]], [1]),
            ],
        };

        var text = ReplyMarkdown.Write(reply);

        Assert.Equal(
            "**Cause**\n\n**Server\\_9** is slow\n\n- [step 1](/investigations/1#step-1)\n\n**Peers**\n\n| server | p95 |\n| --- | ---: |\n| Server\\_9 | 412 ms |",
            text);
    }

    [Theory]
    [InlineData("[click](http://evil)", @"\[click\](http\://evil)")]
    [InlineData("<img src=x>", "&lt;img src=x&gt;")]
    [InlineData("a\nb", "a b")]
    public void Text_of_telemetry_stays_text(string text, string expected) => Assert.Equal(expected, ReplyMarkdown.Write(ChatReply.Of(text)));
}
