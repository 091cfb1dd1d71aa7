using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SreBot.Adapters.Tests.Web;
using SreBot.Investigations.Export;

namespace SreBot.Tests.Investigations.Export;

public sealed partial class InvestigationExportTests(Chromium chromium) : IClassFixture<Chromium>
{
    public static TheoryData<string> Nasty => [.. Records.Nasty];

    [Fact]
    public void The_same_record_gives_the_same_bytes()
    {
        foreach (var format in Enum.GetValues<ExportFormat>())
        {
            Assert.Equal(Text("Server_9", format), Text("Server_9", format));
        }
    }

    [Fact]
    public void A_notebook_has_a_cell_for_everything_that_is_known()
    {
        var cells = Cells("Server_9");

        Assert.Equal(["markdown", "code", "markdown", "code", "markdown", "code", "markdown", "code", "markdown"], cells.Select(cell => cell.GetProperty("cell_type").GetString()));
        Assert.Equal(cells.Count, cells.Select(cell => cell.GetProperty("id").GetString()).Distinct().Count());
        Assert.StartsWith("# why is Server\\_9 slow?", Source(cells[0]), StringComparison.Ordinal);
        Assert.Contains("[Open it in SreBot](http://127.0.0.1:5080/investigations/0195c8a0-0000-7000-8000-000000000001)", Source(cells[0]), StringComparison.Ordinal);
        Assert.Contains("os.environ.get(\"SREBOT_TOKEN\"", Source(cells[1]), StringComparison.Ordinal);
        Assert.Equal("step_1 = step(1)", Source(cells[5]));
        Assert.Equal(["text/html", "text/plain", "image/svg+xml", "text/plain"], Displayed(cells[5]).SelectMany(data => data.EnumerateObject()).Select(data => data.Name));
        Assert.StartsWith("**Note** by Server\\_9, 2026-03-01 12:05:30 UTC", Source(cells[8]), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Nasty))]
    public void Text_of_telemetry_makes_no_cell_no_code_and_no_markup(string text)
    {
        var (cells, plain) = (Cells(text), Cells("Server_9"));

        Assert.Equal(plain.Select(cell => (cell.GetProperty("cell_type").GetString(), cell.GetProperty("id").GetString())), cells.Select(cell => (cell.GetProperty("cell_type").GetString(), cell.GetProperty("id").GetString())));
        Assert.Equal(plain.Where(IsCode).Select(Source), cells.Where(IsCode).Select(Source));
        Assert.All(cells.Where(cell => !IsCode(cell)), cell => Assert.DoesNotMatch(Markup(), Code().Replace(Source(cell), "")));
        Assert.All(cells.SelectMany(Displayed).Where(data => data.TryGetProperty("text/html", out _)), data => Assert.Empty(Tags(Joined(data.GetProperty("text/html"))).Except(["table", "thead", "tbody", "tr", "th", "td", "p"])));
        Assert.DoesNotContain('\u001b', JsonSerializer.Serialize(cells.Select(Source)) + string.Concat(cells.SelectMany(Displayed).SelectMany(data => data.EnumerateObject()).Select(data => Joined(data.Value))));
    }

    [Theory]
    [MemberData(nameof(Nasty))]
    public async Task A_notebook_is_valid_whatever_the_names(string text)
    {
        Jupyter.SkipUnlessThere();
        var folder = Directory.CreateTempSubdirectory("srebot-notebook-");
        try
        {
            var path = Path.Combine(folder.FullName, "one.ipynb");
            await File.WriteAllTextAsync(path, Text(text, ExportFormat.Notebook), TestContext.Current.CancellationToken);

            await Jupyter.ValidateAsync(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Jupyter_makes_no_link_no_picture_and_no_script_of_the_names()
    {
        Jupyter.SkipUnlessThere();
        var folder = Directory.CreateTempSubdirectory("srebot-notebook-");
        try
        {
            var path = Path.Combine(folder.FullName, "one.ipynb");
            await File.WriteAllTextAsync(path, Text(string.Join(' ', Records.Nasty), ExportFormat.Notebook), TestContext.Current.CancellationToken);

            var html = await Jupyter.RenderAsync(path);

            Assert.Contains("http://127.0.0.1:5080/investigations/", html, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"<script>alert|<img[^>]*(onerror|evil)|(href|src)=""(?!#)[^""]*(javascript|evil)|\u001b", html);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_page_in_one_file_runs_nothing_asks_nothing_and_shows_the_names_as_they_are()
    {
        var folder = Directory.CreateTempSubdirectory("srebot-html-");
        try
        {
            for (var i = 0; i < Records.Nasty.Length; i++)
            {
                var path = Path.Combine(folder.FullName, $"{i}.html");
                await File.WriteAllTextAsync(path, Text(Records.Nasty[i], ExportFormat.Html), TestContext.Current.CancellationToken);
                await using var console = await chromium.OpenAsync(new Uri($"file://{path}"));

                await Assertions.Expect(console.Page.Locator("h1")).ToHaveTextAsync($"why is {SreBot.Replies.PlainText.Lines(Records.Nasty[i])} slow?");
                Assert.Equal(0, await console.Page.Locator("script, img, iframe, form, [onerror], [style]").CountAsync());
                Assert.All(await console.Page.Locator("a").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))"),
                    href => Assert.True(href.StartsWith("#step-", StringComparison.Ordinal) || href.StartsWith("http://127.0.0.1:5080/investigations/", StringComparison.Ordinal), href));
                Assert.Equal("rgb(255, 255, 255)", await console.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
                console.HasNoFaults();
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Markdown_says_the_same()
    {
        var text = Text("Server_9", ExportFormat.Markdown);

        Assert.Contains("\n| 2026-03-01 12:00:30 | Server\\_9 | 1.5 | true | – |\n", text, StringComparison.Ordinal);
        Assert.Contains("\n````sql\nSELECT 1 /* ``` */\n````\n", text, StringComparison.Ordinal);
        Assert.Contains("Server\\_9  \nsecond line", text, StringComparison.Ordinal);
    }

    private static string Text(string text, ExportFormat format) => Encoding.UTF8.GetString(InvestigationExport.Write(Records.Of(text), format, Records.Links).Content.Span);

    private static List<JsonElement> Cells(string text) => [.. JsonDocument.Parse(Text(text, ExportFormat.Notebook)).RootElement.GetProperty("cells").EnumerateArray()];

    private static bool IsCode(JsonElement cell) => cell.GetProperty("cell_type").GetString() == "code";

    private static string Source(JsonElement cell) => Joined(cell.GetProperty("source"));

    private static IEnumerable<JsonElement> Displayed(JsonElement cell) => !IsCode(cell) ? [] : cell.GetProperty("outputs").EnumerateArray().Where(output => output.TryGetProperty("data", out _)).Select(output => output.GetProperty("data"));

    private static string Joined(JsonElement lines) => string.Concat(lines.EnumerateArray().Select(line => line.GetString()));

    private static IEnumerable<string> Tags(string html) => Tag().Matches(html).Select(tag => tag.Groups["name"].Value).Distinct();

    [GeneratedRegex(@"^(?<fence>```+)sql\n.*?\n\k<fence>$|(?<!\\)`[^`\n]*`", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();

    /// <summary>A tag, a link, a picture or a formula that is not from SreBot's own hand, outside of a block or run of code.</summary>
    [GeneratedRegex(@"(?<!\\)<[a-z/!]|(?<!\\)\]\((?!http://127\.0\.0\.1:5080/)|(?<!\\)\$|https?://(?!127\.0\.0\.1)|(?<!\\)\bwww\.", RegexOptions.IgnoreCase)]
    private static partial Regex Markup();

    [GeneratedRegex(@"</?(?<name>[a-z][a-z0-9]*)", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();
}
