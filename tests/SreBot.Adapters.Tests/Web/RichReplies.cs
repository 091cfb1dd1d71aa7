using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Tests.Web;

/// <summary>Answers with every kind of block, as long as real ones.</summary>
internal static class RichReplies
{
    public static readonly DateTimeOffset Start = new(2026, 3, 14, 20, 0, 0, TimeSpan.Zero);

    public static ChatReply Answer() => new()
    {
        Summary = "INC-1 is slow because Server_9 is: p95 latency 3.4 times its own past, peers unchanged.",
        Blocks =
        [
            new ReplySection
            {
                Title = "Server_9 is the cause of INC-1",
                Paragraphs =
                [
                    ReplyText.Of("Latency p95 on ", ReplyRun.Strong("Server_9"), " rose from ", ReplyRun.Strong("12.1 ms"), " to ", ReplyRun.Strong("41.3 ms"), " at 23:40 UTC. Its nine peers stayed within 11 to 13 ms, so the load as a whole is not it."),
                ],
                Bullets =
                [
                    ReplyText.Of("Change point 23:40 UTC, 3 minutes after the deploy ", ReplyRun.Code("checkout v42"), "."),
                    ReplyText.Of("Only ", ReplyRun.Code("POST /pay"), " moved; the other 6 endpoints of this server did not."),
                    "CPU went from 48 % to 91 %; memory did not move.",
                    ReplyText.Of("Ruled out: traffic (101 against 98 requests a minute), region, platform."),
                ],
            },
            Chart(),
            Bars(),
            new ReplyTable(
                "Server_9 against its own past and its peers, 23:40 to 00:40 UTC",
                ["Measure", "Server_9", "Its past 6 h", "Peers", "Change"],
                [
                    ["Latency p95", "41.3 ms", "12.1 ms", "12.4 ms", "3.4 ×"],
                    ["Latency p50", "22.8 ms", "8.9 ms", "9.0 ms", "2.6 ×"],
                    ["CPU mean", "91.2 %", "48.1 %", "50.3 %", "1.9 ×"],
                    ["Memory mean", "51.0 %", "50.4 %", "49.8 %", "1.0 ×"],
                    ["Requests a minute", "101", "98", "100", "1.0 ×"],
                    ["Errors", "0.41 %", "0.38 %", "0.40 %", "1.1 ×"],
                ],
                [1, 2, 3, 4]),
            new ReplySection { Title = "Next steps", Bullets = ["Roll checkout back to v41 on Server_9 and watch p95 for five minutes.", "If it stays high, take Server_9 out of rotation."] },
            new ReplyButtons([new("Acknowledge INC-1", "acknowledge", "1", ReplyButtonStyle.Primary), new("Compare with yesterday", "ask", "compare"), new("Resolve", "resolve", "1", ReplyButtonStyle.Danger)]),
            new ReplySection { IsNote = true, Paragraphs = [ReplyText.Of("Read 2 tables as of 00:41:07 UTC in 84 ms. ", ReplyRun.Link("Steps, queries and parameters", "/investigations/17"))] },
        ],
    };

    public static ReplyChart Chart() => new(
        "Latency p95 of Server_9 and its peers", "ms", "Server_9 rises from 12 ms to 41 ms at 23:40 UTC; its peers stay near 12 ms.",
        [Line("Server_9", 9, false), .. Enumerable.Range(1, 8).Select(peer => Line($"Server_{peer}", peer, true))])
    {
        Threshold = 20,
        Highlight = new(Start.AddMinutes(220), Start.AddMinutes(300), "INC-1"),
        Band = new("usual range", [.. Enumerable.Range(0, 150).Select(step => new ReplyBandPoint(Start.AddMinutes(2 * step), step is > 30 and < 40 ? null : 8.4, step is > 30 and < 40 ? null : 14.1))]),
    };

    public static ReplyBars Bars() => new("How well the data carries each cause", "%", "Bars of causes: Server_9 93% (strong), the region eu-west-1 61% (moderate), a server with a long name 12% (weak).",
        [new("Server_9", 93, "93% (strong)"), new("the region eu-west-1", 61, "61% (moderate)"), new("GET /v2/organizations/{organization}/projects/{project}/checkout-sessions", 12, "12% (weak)")]);

    private static ReplySeries Line(string name, int seed, bool isContext) => new(
        name,
        [.. Enumerable.Range(0, 150).Select(step => new ReplyPoint(Start.AddMinutes(2 * step), step is > 50 and < 54 && !isContext ? null : Value(step, seed, isContext)))],
        isContext);

    private static double Value(int step, int seed, bool isContext) =>
        Math.Round(11 + Math.Sin(step * 0.21 + seed) + Math.Sin(step * 1.7 * seed) + (!isContext && step >= 110 ? 29 * (1 - Math.Exp(-(step - 109) / 4.0)) : 0), 2);

    public static ChatReply Notice(string state) => new()
    {
        Summary = $"INC-1 {state}: latency max 48 ms on Server_9",
        Blocks =
        [
            new ReplySection
            {
                Title = $"INC-1 · Latency above 20 ms · {state}",
                Paragraphs = [ReplyText.Of(ReplyRun.Strong("48.0 ms"), " against a threshold of 20 ms on Server_9, Project_1, since 23:41 UTC.")],
            },
            new ReplyButtons([new("Acknowledge", "acknowledge", "1", ReplyButtonStyle.Primary), new("Why?", "ask", "Why is INC-1 slow?")]),
        ],
    };
}
