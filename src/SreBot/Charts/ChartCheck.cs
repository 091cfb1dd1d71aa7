using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Charts;

/// <summary>Whether a chart can be made a picture.</summary>
internal sealed class ChartCheck(IServiceProvider services, TimeProvider time) : ISetupCheck
{
    public string Part => "Pictures";

    public Task<IReadOnlyList<SetupLine>> LookAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var chart = new ReplyChart("Check", "ms", "A line.", [new ReplySeries("line", [new(now.AddMinutes(-1), 1), new(now, 2)])]);
        try
        {
            var picture = services.GetRequiredService<IChartPainter>().PaintPng(chart);
            return Lines(new(SetupState.Good, $"Charts become pictures ({picture.Length / 1024} KB for a small one)."));
        }
        catch (SreException error)
        {
            return Lines(new(SetupState.Broken, "Charts cannot become pictures, so Slack shows none.", error.Message));
        }
    }

    private static Task<IReadOnlyList<SetupLine>> Lines(SetupLine line) => Task.FromResult<IReadOnlyList<SetupLine>>([line]);
}
