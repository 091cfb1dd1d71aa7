using System.Text;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>Replies to render: a plain one, and as many ugly ones as wanted.</summary>
internal static class Replies
{
    private static readonly string[] Words =
    [
        "latency", "p95", "<!channel>", "<!here>", "<@U0BOT>", "&amp;", "a&b", "<b>", "*", "_", "`", "```", "~", "@everyone", "#general", "https://example.com/?a=1&b=2",
        "😀", "👩‍👩‍👧‍👦", "🇪🇺", "שלום", "مرحبا", "日本語", "é", "\u202e", "\u0000", "\n", "\t", "|", ">", "Server_9", new string('x', 400), "\ud83d",
    ];

    public static ReplyChart Chart { get; } = new("Latency of Server_9", "ms", "Latency rose from 12 ms to 95 ms at 10:00.",
        [new("Server_9", [new(DateTimeOffset.UnixEpoch, 1), new(DateTimeOffset.UnixEpoch.AddMinutes(1), 2)])]);

    public static ReplyBars Bars { get; } = new("How well the data carries each cause", "%", "Bars of causes: Server_9 93%, Server_4 8%.", [new("Server_9", 93, "93%"), new("Server_4", 8, "8%")]);

    public static ChatReply Answer { get; } = new()
    {
        Summary = "Server_9 is slow",
        Blocks =
        [
            new ReplySection { Title = "Server_9 is slow", Paragraphs = [ReplyText.Of("It is at ", ReplyRun.Strong("95 ms"), ", see ", ReplyRun.Link("the steps", "/investigations/7"), ".")] },
            Chart,
            new ReplyButtons([new("Acknowledge", "ack", "INC-1", ReplyButtonStyle.Primary), new("Open", "", "", Url: "/incidents/1")]),
        ],
    };

    public static ChatReply Ugly(int seed)
    {
        var random = new Random(seed);
        return new() { Summary = Text(random, 5000), Blocks = [.. Enumerable.Range(0, random.Next(0, 70)).Select(_ => Block(random))] };
    }

    private static ReplyBlock Block(Random random) => random.Next(8) switch
    {
        0 => Table(random),
        1 => new ReplyButtons([.. Enumerable.Range(0, random.Next(0, 40)).Select(_ => Button(random))]),
        2 => Chart,
        7 => Bars,
        3 => new ReplyFile(Text(random, 40), "text/plain", new byte[1]),
        4 => new ReplySection { IsNote = true, Title = Title(random), Paragraphs = Lines(random, 4), Bullets = Lines(random, 4) },
        _ => new ReplySection { Title = Title(random), Paragraphs = Lines(random, 6), Bullets = Lines(random, 20) },
    };

    private static ReplyTable Table(Random random)
    {
        var columns = random.Next(0, 30);
        var rows = random.Next(0, random.Next(40) == 0 ? 200 : 12);
        return new(Text(random, 300), [.. Enumerable.Range(0, columns).Select(_ => Text(random, 60))],
            [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ => Text(random, 60)).ToList())], [0, 3]);
    }

    private static ReplyButton Button(Random random) =>
        new(Text(random, 200), "verb", Text(random, 2500), (ReplyButtonStyle)random.Next(3), random.Next(3) == 0 ? "/" + new string('a', random.Next(4000)) : null);

    private static string? Title(Random random) => random.Next(2) == 0 ? null : Text(random, 300);

    private static IReadOnlyList<ReplyText> Lines(Random random, int most) => [.. Enumerable.Range(0, random.Next(most)).Select(_ => new ReplyText([.. Enumerable.Range(0, random.Next(4)).Select(_ => Run(random))]))];

    private static ReplyRun Run(Random random) =>
        new(Text(random, random.Next(50) == 0 ? 6000 : 60), (ReplyStyle)random.Next(3), random.Next(4) == 0 ? "/x?" + Uri.EscapeDataString(Text(random, random.Next(10) == 0 ? 4000 : 40).Replace("\ud83d", "")) + "&y=|<>" : null);

    private static string Text(Random random, int most)
    {
        var text = new StringBuilder();
        for (var length = random.Next(most); text.Length < length;)
            text.Append(Words[random.Next(Words.Length)]).Append(random.Next(3) == 0 ? "" : " ");
        return text.ToString();
    }
}
