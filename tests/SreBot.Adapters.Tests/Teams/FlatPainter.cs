using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Tests.Teams;

/// <summary>Pictures of a given size.</summary>
internal sealed class FlatPainter(int bytes) : IChartPainter
{
    public byte[] PaintPng(ReplyChart chart) => new byte[bytes];

    public byte[] PaintPng(ReplyBars bars) => new byte[bytes];
}
