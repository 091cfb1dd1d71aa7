using SreBot.Replies;

namespace SreBot.Tests.Replies;

public sealed class MarkdownTextTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("](javascript:alert(1))", @"\](javascript:alert(1))")]
    [InlineData("![x](https://evil/x.png)", @"!\[x\](https\://evil/x.png)")]
    [InlineData("see www.evil.example", @"see www\.evil.example")]
    [InlineData("a|b`c`*d*", @"a\|b\`c\`\*d\*")]
    [InlineData("&lt;b&gt;", "&amp;lt;b&amp;gt;")]
    [InlineData("$x$ and \\(y\\)", @"\$x\$ and &#92;(y&#92;)")]
    [InlineData("@channel", @"\@channel")]
    [InlineData("\u001b[31mred", "␛\\[31mred")]
    [InlineData("one\r\ntwo\u2028three", "one two three")]
    [InlineData("abc\u202Etxt", "abc\uFFFDtxt")]
    public void Text_means_nothing_but_itself(string text, string expected) => Assert.Equal(expected, MarkdownText.Escape(text));

    [Theory]
    [InlineData("- item", @"\- item")]
    [InlineData("---", @"\---")]
    [InlineData("12. item", @"12\. item")]
    [InlineData("    code", "code")]
    [InlineData("12.4 ms", "12.4 ms")]
    [InlineData("# head", @"\# head")]
    public void A_line_begins_no_list_and_no_heading(string text, string expected) => Assert.Equal(expected, MarkdownText.EscapeStart(text));

    [Theory]
    [InlineData("javascript:alert(1)", "here")]
    [InlineData("data:text/html,x", "here")]
    [InlineData("//evil.example/x", "here")]
    [InlineData("https://ok.example/a b)(c\"<d>", "[here](https://ok.example/a%20b%29%28c%22%3Cd%3E)")]
    [InlineData("/investigations/1#step-1", "[here](/investigations/1#step-1)")]
    public void A_link_leads_to_the_web_or_to_this_site(string url, string expected) => Assert.Equal(expected, MarkdownText.Link("here", url));

    [Fact]
    public void Code_cannot_end_its_block() => Assert.Equal("`````sql\nSELECT '````'\n`````\n", MarkdownText.Block("sql", "SELECT '````'"));
}
