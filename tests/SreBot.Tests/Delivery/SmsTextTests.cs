using SreBot.Delivery.Http;
using SreBot.Model;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Delivery;

public sealed class SmsTextTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("5 % of 7 €", 11)]
    [InlineData("[x] {y} ~ ^ | \\", 23)]
    [InlineData("äöüÄÖÜß", 7)]
    [InlineData("Ω", 1)]
    [InlineData("ω", null)]
    [InlineData("日本", null)]
    [InlineData("`", null)]
    public void Counts_septets_as_telephones_do(string text, int? septets) => Assert.Equal(septets, SmsText.Septets(text));

    [Fact]
    public void Keeps_what_fits_and_cuts_what_does_not_at_a_word()
    {
        var whole = new string('a', 160);
        var words = string.Concat(Enumerable.Repeat("latency ", 30)).Trim();

        Assert.Equal(whole, SmsText.Fit(whole));
        Assert.Equal($"{new string('a', 157)}...", SmsText.Fit(whole + "a"));
        Assert.EndsWith("latency...", SmsText.Fit(words), StringComparison.Ordinal);
        Assert.InRange(SmsText.Septets(SmsText.Fit(words))!.Value, 150, 160);
    }

    [Fact]
    public void A_character_of_two_septets_counts_twice()
    {
        Assert.Equal(new string('€', 80), SmsText.Fit(new string('€', 80)));
        Assert.Equal(160, SmsText.Septets(SmsText.Fit(new string('€', 81) + "a"))!.Value, tolerance: 1);
        Assert.True(SmsText.Fits(SmsText.Fit(new string('€', 81))));
    }

    [Fact]
    public void Signs_that_telephones_lack_are_written_with_those_that_they_have() =>
        Assert.Equal("p95 >= 5 ms - \"slow\" -> Server_9...", SmsText.Fit("p95 ≥ 5 ms – “slow” → Server_9…"));

    [Fact]
    public void Another_script_gets_seventy_units_and_no_half_character()
    {
        Assert.Equal(new string('日', 70), SmsText.Fit(new string('日', 70)));
        Assert.Equal($"{new string('日', 67)}...", SmsText.Fit(new string('日', 71)));
        var cut = SmsText.Fit(string.Concat(Enumerable.Repeat("😀", 40)));
        Assert.Equal($"{string.Concat(Enumerable.Repeat("😀", 33))}...", cut);
    }

    [Fact]
    public void Every_text_fits()
    {
        var random = new Random(4);
        const string Signs = "abc def €[]äΩ日😀–…\n\"'%>=";
        for (var i = 0; i < 500; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(300)).Select(_ => Signs[random.Next(Signs.Length)]));
            Assert.True(SmsText.Fits(SmsText.Fit(text)), text);
        }
    }

    [Theory]
    [InlineData("error rate 7 % > 5 %", "INC-42 opened (critical): error rate 7 % > 5 % https://srebot.example/incidents/INC-42")]
    [InlineData("error rate 7 % > 5 % in Project_1 on every server of the region eu-west-1 since the deploy of checkout v42, and more",
        "INC-42 opened (critical): error rate 7 % > 5 % in Project_1 on every server of the region eu-west-1 since the deploy of checkout v42, and more")]
    public void Names_the_page_where_both_fit(string title, string text) => Assert.Equal(text, SmsNotifier.Text(
        new NotifyFacts { Event = "opened", Key = "INC-42", Title = title, Severity = "critical", At = OutboxHouse.Start, Page = "/incidents/INC-42" }, OutboxHouse.Links));
}
