using System.Text;
using System.Text.Json.Nodes;
using SreBot.Adapters.Chat;
using SreBot.Adapters.Teams;

namespace SreBot.Adapters.Tests.Teams;

public sealed class TeamsCardTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Text_from_telemetry_can_neither_link_nor_mention_nor_format()
    {
        const string Hostile = "[click](https://evil.invalid) <at>everyone</at> **bold** {{DATE(2026-01-01T00:00:00Z)}}";
        var card = Render(new ReplySection { Title = Hostile, Paragraphs = [Hostile], Bullets = [Hostile] }, new ReplyTable(Hostile, [Hostile], [[Hostile]], []));

        Assert.DoesNotContain(Elements(card), element => Type(element) == "TextBlock");
        Assert.DoesNotContain("{{", card.ToJsonString(TeamsJson.Options), StringComparison.Ordinal);
        Assert.DoesNotContain("\"entities\"", card.ToJsonString(TeamsJson.Options), StringComparison.Ordinal);
        Assert.DoesNotContain(Elements(card), element => element.ContainsKey("selectAction"));
    }

    [Fact]
    public void A_link_of_the_reply_is_completed_and_opens_only_web_pages()
    {
        var card = Render(new ReplySection { Paragraphs = [ReplyText.Of(ReplyRun.Link("steps", "/investigations/1"), ReplyRun.Link("bad", "javascript:alert(1)"))] });

        var runs = Elements(card).Where(element => Type(element) == "TextRun").ToList();
        Assert.Equal("https://sre.invalid/investigations/1", (string?)runs[0]["selectAction"]!["url"]);
        Assert.False(runs[1].ContainsKey("selectAction"));
    }

    [Fact]
    public void A_button_carries_verb_and_value_and_falls_back_to_a_message()
    {
        var card = Render(new ReplyButtons([new("Acknowledge", "ack", "INC-7", ReplyButtonStyle.Primary), new("Open", "", "", Url: "/investigations/1")]));

        var actions = Elements(card).Single(element => Type(element) == "ActionSet")["actions"]!.AsArray();
        Assert.Equal("Action.Execute", (string?)actions[0]!["type"]);
        Assert.Equal("ack", (string?)actions[0]!["verb"]);
        Assert.Equal("INC-7", (string?)actions[0]!["data"]!["value"]);
        Assert.Equal("Action.Submit", (string?)actions[0]!["fallback"]!["type"]);
        Assert.Equal("ack", (string?)actions[0]!["fallback"]!["data"]!["verb"]);
        Assert.Equal("Action.OpenUrl", (string?)actions[1]!["type"]);
    }

    [Fact]
    public void A_chart_is_drawn_by_the_client_with_a_picture_to_fall_back_on()
    {
        var card = Render(Chart(points: 10));

        var chart = Elements(card).Single(element => Type(element) == "Chart.Line");
        Assert.Equal("minutes since 2026-03-04 05:00 UTC", (string?)chart["xAxisTitle"]);
        Assert.Equal(["p95", "threshold 20 ms"], chart["data"]!.AsArray().Select(line => (string?)line!["legend"]));
        Assert.Equal(9, chart["data"]![0]!["values"]!.AsArray().Count); // one of ten is a gap
        Assert.StartsWith("data:image/png;base64,", (string?)chart["fallback"]!["url"], StringComparison.Ordinal);
        Assert.Equal("p95 rose", (string?)chart["fallback"]!["altText"]);
    }

    [Fact]
    public void A_band_is_two_quiet_lines_that_leave_nothing_of_it_out()
    {
        var band = new ReplyBand("usual range", [.. Enumerable.Range(0, 500).Select(index => new ReplyBandPoint(Start.AddSeconds(index * 2), index == 7 ? null : 5 + (index % 9), index == 7 ? null : 20 + (index % 9)))]);

        var chart = Elements(Render(Chart(points: 500) with { Band = band })).Single(element => Type(element) == "Chart.Line");

        var lines = chart["data"]!.AsArray().ToDictionary(line => (string)line!["legend"]!, line => line!["values"]!.AsArray().Select(point => (double)point!["y"]!).ToList());
        Assert.Equal(["p95", "usual range, upper end", "usual range, lower end", "threshold 20 ms"], lines.Keys);
        Assert.Equal((28, 5), (lines["usual range, upper end"].Max(), lines["usual range, lower end"].Min()));
        Assert.All(lines.Values, values => Assert.InRange(values.Count, 2, 90));
    }

    [Fact]
    public void A_steady_band_takes_four_points()
    {
        var band = new ReplyBand("usual range", [.. Enumerable.Range(0, 50).Select(index => new ReplyBandPoint(Start.AddSeconds(index * 2), 5, 20))]);

        var chart = Elements(Render(Chart(points: 50) with { Band = band })).Single(element => Type(element) == "Chart.Line");

        Assert.All(chart["data"]!.AsArray().Skip(1).Take(2), line => Assert.Equal(2, line!["values"]!.AsArray().Count));
    }

    [Fact]
    public void Bars_are_drawn_by_the_client_with_a_picture_to_fall_back_on()
    {
        var card = Render(new ReplyBars("Causes", "%", "Server_9 leads", [new("Server_9", 93, "93%"), new("odd", double.NaN, "no data"), new("Server_4", -2, "-2%")]));

        var bars = Elements(card).Single(element => Type(element) == "Chart.HorizontalBar");
        Assert.Equal([("Server_9: 93%", 93), ("Server_4: -2%", 0)], bars["data"]!.AsArray().Select(bar => ((string)bar!["x"]!, (double)bar["y"]!)));
        Assert.Equal(("%", "Server_9 leads"), ((string?)bars["xAxisTitle"], (string?)bars["fallback"]!["altText"]));
        Assert.StartsWith("data:image/png;base64,", (string?)bars["fallback"]!["url"], StringComparison.Ordinal);
    }

    [Fact]
    public void Bars_without_a_value_are_said_in_words() =>
        Assert.Contains("Nothing there", Render(new ReplyBars("Causes", "%", "Nothing there", [new("odd", double.NaN, "no data")])).ToJsonString(TeamsJson.Options), StringComparison.Ordinal);

    [Fact]
    public void Many_long_bars_keep_the_card_within_its_size()
    {
        var card = Render(new ReplyBars("Causes", "%", new string('a', 500), [.. Enumerable.Range(0, 400).Select(index => new ReplyBar(new string('€', 400), index, "x"))]), Chart(5_000));

        Assert.True(TeamsCard.SizeOf(card) <= 80 * 1024);
        Assert.Equal(12, Elements(card).Single(element => Type(element) == "Chart.HorizontalBar")["data"]!.AsArray().Count);
    }

    [Fact]
    public void A_picture_that_is_too_large_gives_way_to_a_sentence()
    {
        var chart = Elements(Render(new TeamsCard(new FlatPainter(200_000), Address), Chart(points: 10))).Single(element => Type(element) == "Chart.Line");

        Assert.Equal("RichTextBlock", (string?)chart["fallback"]!["type"]);
    }

    [Fact]
    public void A_long_line_is_thinned_to_its_peaks()
    {
        var chart = Elements(Render(Chart(points: 5_000))).Single(element => Type(element) == "Chart.Line");

        var values = chart["data"]![0]!["values"]!.AsArray();
        Assert.InRange(values.Count, 40, 90);
        Assert.Equal(4_999, values.Max(point => (double)point!["y"]!));
    }

    [Theory]
    [InlineData(5_000, 20)]
    [InlineData(5_000, 200)]
    [InlineData(90, 2_000)]
    public void A_large_table_is_cut_to_size_and_says_how_many_rows_more(int rows, int cell)
    {
        var card = Render(new ReplyTable("Servers", ["server", "note", "p95"], [.. Enumerable.Range(0, rows).Select(row => new[] { $"Server_{row}", new string('€', cell), "1" })], [2]));

        var shown = Elements(card).Single(element => Type(element) == "Table")["rows"]!.AsArray().Count - 1;
        Assert.True(TeamsCard.SizeOf(card) <= 80 * 1024);
        Assert.Contains($"{rows - shown:N0} more rows are not shown.", card.ToJsonString(TeamsJson.Options), StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_that_nothing_makes_fit_is_its_summary()
    {
        var endless = Enumerable.Range(0, 500).Select(ReplyBlock (index) => new ReplySection { Title = new string('x', 300), Paragraphs = [$"{index}"] }).ToArray();

        var card = Render(endless);

        Assert.True(TeamsCard.SizeOf(card) <= 80 * 1024);
        Assert.Contains("too long for Teams", card.ToJsonString(TeamsJson.Options), StringComparison.Ordinal);
    }

    [Fact]
    public void The_body_with_its_pictures_stays_below_what_clients_take()
    {
        foreach (var size in new[] { 1_000, 30_000, 60_000, 80_000, 2_000_000 })
            Assert.True(Encoding.UTF8.GetByteCount(Render(new TeamsCard(new FlatPainter(size), Address), Chart(100), Chart(50), new ReplyBars("Bars", "%", "bars", [new("one", 1, "1%")])).ToJsonString(TeamsJson.Options)) <= 90_000);
    }

    [Fact]
    public void Cut_text_never_ends_in_half_a_character() =>
        Assert.All(Enumerable.Range(2, 6), most => Assert.True(TeamsText.Shorten("a😀b😀c😀d😀", most).IsNormalized(NormalizationForm.FormC)));

    private static PublicAddress Address { get; } = new(() => new Uri("https://sre.invalid"));

    private static JsonObject Render(params ReplyBlock[] blocks) => Render(new TeamsCard(new FlatPainter(3_000), Address), blocks);

    private static JsonObject Render(TeamsCard card, params ReplyBlock[] blocks) => card.Render(new ChatReply { Summary = "summary", Blocks = blocks });

    private static ReplyChart Chart(int points) => new("Latency", "ms", "p95 rose",
        [new("p95", [.. Enumerable.Range(0, points).Select(index => new ReplyPoint(Start.AddSeconds(index * 2), index == 3 ? null : index))])]) { Threshold = 20 };

    private static string? Type(JsonObject element) => (string?)element["type"];

    private static IEnumerable<JsonObject> Elements(JsonNode? node) => node switch
    {
        JsonObject element => element.SelectMany(field => Elements(field.Value)).Prepend(element),
        JsonArray items => items.SelectMany(Elements),
        _ => [],
    };
}
