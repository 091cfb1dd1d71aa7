namespace SreBot.Adapters.Chat;

/// <summary>Paints a chart for platforms that show pictures.</summary>
public interface IChartPainter
{
    /// <summary>A PNG, 1,200 by 500 pixels.</summary>
    byte[] PaintPng(ReplyChart chart);

    /// <summary>A PNG, 1,200 pixels wide and as high as the bars need.</summary>
    byte[] PaintPng(ReplyBars bars);
}
