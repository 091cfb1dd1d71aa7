using System.Xml.Linq;
using SreBot.Adapters.Chat;
using SreBot.Charts;

namespace SreBot.Tests.Charts;

public sealed class ChartSvgTests
{
    [Fact]
    public void Names_and_describes_the_picture_for_those_who_cannot_see_it()
    {
        var svg = Parse(Sample.Chart());

        Assert.Equal("img", svg.Attribute("role")?.Value);
        Assert.Equal(Sample.Chart().Title, svg.Elements().First().Value);
        Assert.Equal(Sample.Chart().AlternativeText, svg.Elements().ElementAt(1).Value);
    }

    [Fact]
    public void Leaves_a_gap_where_there_is_no_value()
    {
        var path = Assert.Single(OfClass(Parse(Sample.Chart()), "chart-line chart-line-0"));

        Assert.Equal(2, path.Attribute("d")!.Value.Count(letter => letter == 'M'));
    }

    [Fact]
    public void Shows_a_value_alone_between_two_gaps_as_a_dot()
    {
        var chart = Chart(null, 7, null, double.NaN);

        Assert.Single(OfClass(Parse(chart), "chart-line chart-line-0-point"));
        Assert.Empty(OfClass(Parse(chart), "chart-line chart-line-0"));
    }

    [Fact]
    public void Draws_context_grey_and_behind()
    {
        var lines = Parse(Sample.Chart()).Elements().Where(element => element.Name.LocalName == "path").ToList();

        Assert.All(lines.Take(5), line => Assert.Equal("#b9c0ca", line.Attribute("stroke")?.Value));
        Assert.Equal("#2f6bde", lines[^1].Attribute("stroke")?.Value);
        Assert.Contains("5 others for comparison", Texts(Parse(Sample.Chart())));
    }

    [Fact]
    public void Labels_the_axes_with_round_values_the_unit_and_utc_times()
    {
        var texts = Texts(Parse(Sample.Chart()));

        Assert.Subset(texts.ToHashSet(), new HashSet<string> { "0", "10", "20", "30", "40", "50", "ms", "UTC", "20:00", "23:00", "15 Mar", "01:00" });
    }

    [Fact]
    public void Draws_the_threshold_at_its_value_with_its_unit()
    {
        var svg = Parse(Sample.Chart());
        var line = Assert.Single(OfClass(svg, "chart-threshold"));
        var gridAt20 = OfClass(svg, "chart-grid").ElementAt(2);

        Assert.Equal(gridAt20.Attribute("y1")?.Value, line.Attribute("y1")?.Value);
        Assert.Contains("threshold 20 ms", Texts(svg));
    }

    [Fact]
    public void Keeps_a_threshold_above_all_values_inside_the_picture()
    {
        var line = Assert.Single(OfClass(Parse(Chart(1, 2, 3) with { Threshold = 400 }), "chart-threshold"));

        Assert.InRange(double.Parse(line.Attribute("y1")!.Value), ChartFrame.Top, ChartFrame.Bottom);
    }

    [Fact]
    public void Sets_off_the_highlighted_stretch_where_it_lies_in_time()
    {
        var band = Assert.Single(OfClass(Parse(Sample.Chart()), "chart-highlight"));
        var (x, width) = (double.Parse(band.Attribute("x")!.Value), double.Parse(band.Attribute("width")!.Value));
        const double minute = (ChartFrame.Right - ChartFrame.Left) / 358;

        Assert.Equal(ChartFrame.Left + 220 * minute, x, 0.2);
        Assert.Equal(80 * minute, width, 0.2);
    }

    [Fact]
    public void Says_that_there_is_no_data()
    {
        Assert.Contains("No data in this window", Texts(Parse(Chart())));
        Assert.Contains("No data in this window", Texts(Parse(Chart(null, null))));
    }

    [Fact]
    public void Keeps_markup_and_control_characters_in_names_inert()
    {
        var chart = Chart(1, 2) with { Title = "</title><script>alert(1)</script>\u0001\ud800 & 'x' \"y\"", Unit = "<ms>" };

        var svg = Parse(chart);

        Assert.DoesNotContain(svg.Descendants(), element => element.Name.LocalName == "script");
        Assert.StartsWith("</title><script>alert(1)</script>", svg.Elements().First().Value, StringComparison.Ordinal);
        Assert.Contains("<ms>", Texts(svg));
    }

    [Fact]
    public void Draws_the_band_behind_the_lines_and_names_it()
    {
        var svg = XElement.Parse(Pictures.All["gaps"]);
        var paths = svg.Elements().Where(element => element.Name.LocalName == "path").Select(path => path.Attribute("class")!.Value).ToList();

        Assert.Equal("chart-band", paths[0]);
        Assert.Equal(2, OfClass(svg, "chart-band").Single().Attribute("d")!.Value.Count(letter => letter == 'Z')); // a gap parts it
        Assert.Contains("usual range", Texts(svg));
    }

    [Fact]
    public void Makes_room_for_a_band_above_the_lines()
    {
        var svg = Parse(Chart(1, 2) with { Band = new("usual range", [new(Sample.Start, 3, 40), new(Sample.Start.AddMinutes(1), 3, double.PositiveInfinity)]) });

        Assert.Contains("40", Texts(svg));
        Assert.DoesNotContain("Infinity", svg.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_the_lines_that_the_legend_has_no_room_for()
    {
        var texts = Texts(XElement.Parse(Pictures.All["many-lines"]));
        var named = texts.Count(text => text.StartsWith("service-", StringComparison.Ordinal));

        Assert.Contains($"and {11 - named} more", texts);
    }

    [Fact]
    public void Draws_bars_from_zero_in_proportion_and_says_their_values()
    {
        var svg = XElement.Parse(Pictures.All["bars"]);
        var widths = OfClass(svg, "chart-bar").Select(bar => double.Parse(bar.Attribute("width")!.Value)).ToList();

        Assert.Equal(93.0 / 61, widths[0] / widths[1], 0.01);
        Assert.Single(OfClass(svg, "chart-bar").Select(bar => bar.Attribute("x")!.Value).Distinct());
        Assert.Subset(Texts(svg).ToHashSet(), new HashSet<string> { "v42 on POST /pay", "93% (strong)", "0", "20", "%" });
    }

    [Fact]
    public void Shows_twelve_bars_and_counts_the_others()
    {
        var svg = XElement.Parse(Pictures.All["bars-many"]);

        Assert.Equal(12, OfClass(svg, "chart-bar").Count());
        Assert.Contains("and 3 more", Texts(svg));
    }

    [Theory]
    [InlineData("short", 200, "short")]
    [InlineData("", 10, "")]
    public void Leaves_text_that_fits(string text, double pixels, string expected) => Assert.Equal(expected, SvgText.FitWidth(text, 15, pixels));

    [Fact]
    public void Cuts_text_to_its_room_and_never_through_a_letter()
    {
        foreach (var text in new[] { new string('i', 300), new string('W', 300), "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", "支払いサービス支払いサービス" })
        {
            var cut = SvgText.FitWidth(text, 15, 60);

            Assert.EndsWith("…", cut, StringComparison.Ordinal);
            Assert.True(SvgText.Width(cut, 15) <= 60, cut);
            Assert.StartsWith(cut[..^1], text, StringComparison.Ordinal);
            Assert.DoesNotContain('\uFFFD', cut);
        }
    }

    [Theory]
    [InlineData(0, 43, "0 10 20 30 40 50")]
    [InlineData(0, 1, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(0, 0.031, "0.00 0.01 0.02 0.03 0.04")]
    [InlineData(0, 11_800, "0 5,000 10,000 15,000")]
    [InlineData(0, 2_400_000, "0M 0.5M 1M 1.5M 2M 2.5M")]
    [InlineData(-3, 3, "-4 -2 0 2 4")]
    public void Chooses_round_values(double low, double high, string expected)
    {
        var ticks = NiceTicks.Between(low, high, 5);

        Assert.Equal(expected, string.Join(' ', ticks.Select(tick => NiceTicks.Label(tick, ticks[1] - ticks[0]))));
    }

    [Fact]
    public void Bears_all_values_equal_to_zero_and_a_single_moment()
    {
        var svg = Parse(Chart(0));

        Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
        Assert.Single(OfClass(svg, "chart-line chart-line-0-point"));
    }

    private static ReplyChart Chart(params double?[] values) =>
        new("Requests", "1/s", "Requests a second.", [new("all", [.. values.Select((value, minute) => new ReplyPoint(Sample.Start.AddMinutes(minute), value))])]);

    private static XElement Parse(ReplyChart chart) => XElement.Parse(ChartSvg.Render(chart));

    private static IEnumerable<XElement> OfClass(XElement svg, string name) => svg.Descendants().Where(element => element.Attribute("class")?.Value == name);

    private static List<string> Texts(XElement svg) => [.. svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
}
