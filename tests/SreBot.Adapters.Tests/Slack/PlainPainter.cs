using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>A picture of one pixel.</summary>
internal sealed class PlainPainter : IChartPainter
{
    public static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public byte[] PaintPng(ReplyChart chart) => Png;

    public byte[] PaintPng(ReplyBars bars) => Png;
}
