using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using SreBot.Adapters.Chat;
using SreBot.Charts;

namespace SreBot.Tests.Charts;

/// <summary>With the real library and fonts, where the build has put them.</summary>
public sealed class ChartPainterTests
{
    internal static readonly ChartPainter Painter = new(new VipsLocation(
        Directory.EnumerateFiles(Path.Combine(Packages(), "@img"), "libvips-cpp.*", SearchOption.AllDirectories).First(),
        Path.Combine(Packages(), "dejavu-fonts-ttf", "ttf")));

    [Fact]
    public void Paints_a_png_of_1200_by_500()
    {
        var png = Painter.PaintPng(Sample.Chart());

        KeepForTheEye(png, "chart");
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        Assert.Equal(1200, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal(500, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
    }

    [Fact]
    public void Paints_letters_and_lines()
    {
        var words = Painter.PaintPng(new ReplyChart("Requests", "1/s", "Nothing.", []));
        var none = Painter.PaintPng(new ReplyChart("", "", "Nothing.", []));
        var full = Painter.PaintPng(Sample.Chart());

        Assert.True(words.Length > none.Length, "A title must leave a mark on the picture: are the fonts found?");
        Assert.True(full.Length > 3 * words.Length, "Six lines must weigh more than an empty chart.");
    }

    [Fact]
    public async Task Paints_on_several_threads_at_once()
    {
        var expected = Painter.PaintPng(Sample.Chart());

        var pictures = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Painter.PaintPng(Sample.Chart()))));

        Assert.All(pictures, picture => Assert.Equal(expected, picture));
    }

    internal static void KeepForTheEye(byte[] png, string name)
    {
        if (Environment.GetEnvironmentVariable("SREBOT_KEEP_PICTURES") is { Length: > 0 } folder)
            File.WriteAllBytes(Path.Combine(folder, name + ".png"), png);
    }

    private static string Packages([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/SreBot/Embedded/node_modules"));
}
