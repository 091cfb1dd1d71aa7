using System.Text.Json;
using SreBot.Adapters.Teams;

namespace SreBot.Adapters.Tests.Teams;

public sealed class TeamsMentionsTests
{
    private const string Bot = "28:bot";

    [Theory]
    [InlineData("hello", "", "hello")]
    [InlineData("<at>Sre</at> why?", "bot:<at>Sre</at>", "why?")]
    [InlineData("why? <at>Sre</at>", "bot:<at>Sre</at>", "why?")]
    [InlineData("<at>Sre</at>", "bot:<at>Sre</at>", "")]
    [InlineData("<at>Sre</at>&nbsp;why&nbsp;now", "bot:<at>Sre</at>", "why now")]
    [InlineData("a <at>Sre</at> b", "bot:<at>Sre</at>", "a b")]
    [InlineData("a  b <at>Sre</at>", "bot:<at>Sre</at>", "a  b")]
    [InlineData("a\n<at>Sre</at> b", "bot:<at>Sre</at>", "a\nb")]
    [InlineData("<at>Sre</at> a <at>Sre</at> b", "bot:<at>Sre</at>", "a b")]
    [InlineData("<at>Sre</at> ask <at>Sre</at>", "bot:<at>Sre</at>|person:<at>Sre</at>", "ask <at>Sre</at>")]
    [InlineData("<at>Sre</at> ask <at>Sre</at>", "person:<at>Sre</at>|bot:<at>Sre</at>", "<at>Sre</at> ask")]
    [InlineData("<at>Sre</at> why?", "person:<at>Sre</at>", "<at>Sre</at> why?")]
    [InlineData("<at>Sre</at> why?", "", "<at>Sre</at> why?")]
    [InlineData("<at>Sre</at> 1 &lt; 2 &amp;amp; 3", "bot:<at>Sre</at>", "1 < 2 &amp; 3")]
    [InlineData("<at>R&amp;D</at> go", "bot-named:R&D", "go")]
    [InlineData("<at id=\"0\">Sre</at> go", "bot-named:Sre", "go")]
    [InlineData("<at>S.e</at> <at>Sre</at> go", "bot:<at>S.e</at>", "<at>Sre</at> go")]
    public void Removes_the_bots_own_mentions_and_nothing_else(string text, string mentions, string want)
    {
        var entities = mentions.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(Entity).ToList();

        Assert.Equal(want, TeamsMentions.Strip(text, entities, Bot));
    }

    [Fact]
    public void Every_outside_case_comes_out_as_wanted()
    {
        foreach (var item in OutsideCases.Read("teams-mentions.json").EnumerateArray())
        {
            var stripped = TeamsMentions.Strip(item.GetProperty("text").GetString()!, item.GetProperty("entities").EnumerateArray(), item.GetProperty("botId").GetString()!);
            Assert.True(item.GetProperty("want").GetString() == stripped, $"{item.GetProperty("name")}: got '{stripped}'");
        }
    }

    private static JsonElement Entity(string mention)
    {
        var (kind, text) = (mention[..mention.IndexOf(':', StringComparison.Ordinal)], mention[(mention.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        return kind == "bot-named"
            ? JsonSerializer.SerializeToElement(new { type = "mention", mentioned = new { id = Bot, name = text } })
            : JsonSerializer.SerializeToElement(new { type = "mention", text, mentioned = new { id = kind == "bot" ? Bot : "29:somebody", name = "Sre" } });
    }
}
