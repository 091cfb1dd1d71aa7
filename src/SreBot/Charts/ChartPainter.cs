using System.Text;
using SreBot.Adapters.Chat;

namespace SreBot.Charts;

/// <summary>Paints <see cref="ChartSvg"/>'s picture with libvips, which is loaded at the first chart.</summary>
internal sealed class ChartPainter(VipsLocation location) : IChartPainter
{
    private readonly Lazy<Vips> vips = new(() => Vips.Load(location));

    public byte[] PaintPng(ReplyChart chart) => Paint(ChartSvg.Render(chart));

    public byte[] PaintPng(ReplyBars bars) => Paint(ChartSvg.Render(bars));

    /// <param name="svg">As <see cref="ChartSvg"/> draws.</param>
    public byte[] Paint(string svg) => vips.Value.SvgToPng(Encoding.UTF8.GetBytes(svg));
}
