using SreBot.Adapters.Chat;
using SreBot.Evidence;
using SreBot.Evidence.Notes;
using SreBot.Model;

namespace SreBot.Tests.Investigations.Export;

/// <summary>Investigations for tests of their exports.</summary>
internal static class Records
{
    /// <summary>Names that mean something to HTML, Markdown, Jupyter, Python or a terminal.</summary>
    public static readonly string[] Nasty =
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "](javascript:alert(1))", "![x](https://evil.example/x.png)", "https://evil.example/", "www.evil.example", "a|b", "`code`\n```\nimport os",
        "$$\\href{javascript:alert(1)}{x}$$", "\u001b[31mred\u001b[0m", "\"\"\"\nimport os\n", "&lt;b&gt;", "</title><b>", "</style><b>", "\u202Etxt", "# head\n- list",
    ];

    public static readonly PublicAddress Links = new(() => new Uri("http://127.0.0.1:5080/"));

    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 30, TimeSpan.Zero);

    /// <summary>An investigation in which every text that came from outside is that one.</summary>
    public static InvestigationRecord Of(string text)
    {
        var id = Guid.Parse("0195c8a0-0000-7000-8000-000000000001");
        IReadOnlyList<IReadOnlyList<object?>> rows = [[At, text, 1.5, true, null], [At.AddMinutes(1), text, 2L, false, 1e-7]];
        var table = StepTables.FromJson(StepTables.ToJson(new StepTable(["at", "entity", "value", "flag", text], rows)));
        return new InvestigationRecord(id, $"why is {text} slow?", text, At, 7, Answer(id, text),
            [
                new RecordedStep(1, $"latency of {text}", "SELECT 1 /* ``` */", new Dictionary<string, string> { ["filter_0"] = text }, At, table) { Conclusion = text },
                new RecordedStep(2, "incident", text, new Dictionary<string, string>(), At, new StepTable([], [])),
            ])
        {
            Notes = [new InvestigationNote(text, $"{text}\nsecond line", At.AddMinutes(5))],
        };
    }

    private static ChatReply Answer(Guid id, string text) => new()
    {
        Summary = text,
        Blocks =
        [
            new ReplySection { Title = text, Paragraphs = [text, ReplyText.Of(ReplyRun.Strong(text), ReplyRun.Code(text))], Bullets = [ReplyText.Of(ReplyRun.Link(text, "javascript:alert(1)")), ReplyText.Of(ReplyRun.Link("step 1", $"/investigations/{id}#step-1"))] },
            new ReplyTable(text, [text], [[text]], []),
            new ReplyChart(text, text, text, [new ReplySeries(text, [new ReplyPoint(At, 1), new ReplyPoint(At.AddMinutes(1), 2)])]),
            new ReplyButtons([new ReplyButton(text, "ask", text)]),
        ],
    };
}
