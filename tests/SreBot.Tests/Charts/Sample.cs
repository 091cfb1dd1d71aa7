using SreBot.Adapters.Chat;

namespace SreBot.Tests.Charts;

/// <summary>A chart with everything in it: five peers, one line that rises, a gap, a threshold, a highlight.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Start = new(2026, 3, 14, 20, 0, 0, TimeSpan.Zero);

    public static ReplyChart Chart() => new(
        "Latency p95 of Server_9 against its peers", "ms", "Server_9 rises from 12 ms to 41 ms at 23:40 UTC; its peers stay near 12 ms.",
        [Line("Server_9", 9), .. Enumerable.Range(1, 5).Select(peer => Line($"Server_{peer}", peer, isContext: true))])
    {
        Threshold = 20,
        Highlight = new(Start.AddMinutes(220), Start.AddMinutes(300), "INC-1"),
    };

    private static ReplySeries Line(string name, int seed, bool isContext = false) => new(
        name,
        [.. Enumerable.Range(0, 180).Select(step => new ReplyPoint(Start.AddMinutes(2 * step), step is > 60 and < 66 && !isContext ? null : Value(step, seed, isContext)))],
        isContext);

    private static double Value(int step, int seed, bool isContext) =>
        11 + Math.Sin(step * 0.21 + seed) + Math.Sin(step * 1.7 * seed) + (!isContext && step is >= 110 and < 150 ? 29 * (1 - Math.Exp(-(step - 109) / 4.0)) : 0);
}
