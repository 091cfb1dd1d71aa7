using System.Text;
using SreBot.Adapters.Chat;

namespace SreBot.Charts;

/// <summary>Paints <see cref="ChartSvg"/>'s picture with libvips, which is loaded at the first chart.</summary>
internal sealed class ChartPainter(VipsLocation location) : IChartPainter
{
    private readonly Lazy<Vips> vips = new(() => Vips.Load(location));

    public byte[] PaintPng(ReplyChart chart) => vips.Value.SvgToPng(Encoding.UTF8.GetBytes(ChartSvg.Render(chart)));
}
