using SreBot.Cli;

namespace SreBot.Tests.Cli;

public sealed class VerbCommandTests
{
    [Theory]
    [InlineData("list", "list")]
    [InlineData("create error_rate > 5% over 10m as \"my errors\"", "create error_rate > 5% over 10m as \"my errors\"")]
    [InlineData("show|my errors", "show \"my errors\"")]
    [InlineData("create|error_rate > 5%|over|10m|as|my errors", "create error_rate > 5% over 10m as \"my errors\"")]
    [InlineData("create|latency|>|20|where|endpoint|=|POST /pay", "create latency > 20 where endpoint = \"POST /pay\"")]
    [InlineData("show|\"my errors\"", "show \"my errors\"")]
    public void Gives_back_the_quotation_marks_that_the_shell_took(string words, string expected) => Assert.Equal(expected, VerbCommand.Text(words.Split('|')));
}
