using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace SreBot.Tests.Charts;

/// <summary>Holds each picture against its golden file. <c>SREBOT_REWRITE_GOLDEN=1</c> writes the files anew, to be looked at and committed.</summary>
public sealed class GoldenPictureTests
{
    public static TheoryData<string> Names => [.. Pictures.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Draws_what_was_looked_at(string name)
    {
        var drawn = Lines(Pictures.All[name]);
        var file = Path.Combine(Folder(), name + ".svg");
        if (Environment.GetEnvironmentVariable("SREBOT_REWRITE_GOLDEN") is { Length: > 0 })
            File.WriteAllText(file, drawn);

        Assert.Equal(File.ReadAllText(file), drawn);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Paints_it_at_its_size_with_something_on_it(string name)
    {
        var svg = XElement.Parse(Pictures.All[name]);
        var (width, height) = ((int)double.Parse(svg.Attribute("width")!.Value), (int)double.Parse(svg.Attribute("height")!.Value));

        var png = ChartPainterTests.Painter.Paint(Pictures.All[name]);

        ChartPainterTests.KeepForTheEye(png, name);
        Assert.Equal((width, height), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
        Assert.True(png.Length > 2 * ChartPainterTests.Painter.Paint($"""<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"><rect width="{width}" height="{height}" fill="#ffffff"/></svg>""").Length);
    }

    [Fact]
    public void Every_golden_file_is_drawn() =>
        Assert.Equal(Pictures.All.Keys.Order(), Directory.EnumerateFiles(Folder(), "*.svg").Select(file => Path.GetFileNameWithoutExtension(file)).Order());

    /// <summary>An element a line, so that a difference shows where it is.</summary>
    private static string Lines(string svg) => svg.Replace("><", ">\n<", StringComparison.Ordinal) + "\n";

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Golden");
}
