using SreBot.Adapters.Chat;
using SreBot.Charts;

namespace SreBot.Replies;

/// <summary>A drawn chart.</summary>
/// <param name="Alternative">What it shows, for those who cannot see it.</param>
internal sealed record ChartPicture(string Title, string Svg, string Alternative)
{
    public static ChartPicture Of(ReplyChart chart) => new(chart.Title, ChartSvg.Render(chart), PlainText.Line(chart.AlternativeText));

    public static ChartPicture Of(ReplyBars bars) => new(bars.Title, ChartSvg.Render(bars), PlainText.Line(bars.AlternativeText));

    /// <summary>The pictures of an answer, in its order.</summary>
    public static IReadOnlyList<ChartPicture> Of(ChatReply? reply) =>
        [.. (reply?.Blocks ?? []).Select(block => block switch { ReplyChart chart => Of(chart), ReplyBars bars => Of(bars), _ => null }).OfType<ChartPicture>()];
}
