using SreBot.Adapters.Chat;
using SreBot.Adapters.Web;

namespace SreBot.Adapters.Tests.Web;

public sealed class WebWordsTests
{
    [Theory]
    [InlineData("why is it slow?", null, "why is it slow?")]
    [InlineData("@sre-bot why is it slow?", null, "why is it slow?")]
    [InlineData("  @SRE-Bot:  why?\nand when? ", null, "why?\nand when?")]
    [InlineData("@sre-bot", null, "")]
    [InlineData("@sre-bottle is empty", null, "@sre-bottle is empty")]
    [InlineData("/sre help", "sre", "help")]
    [InlineData("/sre-alert create latency max > 20 ms", "sre-alert", "create latency max > 20 ms")]
    [InlineData("@sre-bot /sre-alert list", "sre-alert", "list")]
    [InlineData("/SRE-Alert\nlist", "sre-alert", "list")]
    [InlineData("/srexyz", null, "/srexyz")]
    [InlineData("/sre/x is slow", null, "/sre/x is slow")]
    [InlineData("/sre-a/b", null, "/sre-a/b")]
    [InlineData("/pay is slow", null, "/pay is slow")]
    public void Tells_a_command_from_a_message_and_takes_the_name_off(string line, string? command, string text)
    {
        var words = WebWords.Read(line, "sre-bot", "sre");

        Assert.Equal(new WebWords(command, text), words);
        Assert.Equal(command is null ? ChatTurnKind.Message : ChatTurnKind.Command, words.Kind);
    }
}
