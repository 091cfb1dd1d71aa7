using System.Text.Json;
using SreBot.Adapters.Chat;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Planning;

/// <summary>Makes the reply of a loop's outcome.</summary>
internal static class PlannerReply
{
    private const int MostSummary = 300;

    /// <summary>The tools' own answers, without anybody's prose. Words count only when no tool ran.</summary>
    public static ChatReply Computed(PlannerOutcome.Answered outcome) => outcome.Runs.Where(run => run.Result is not null).Select(run => run.Result!).ToList() switch
    {
        [] when outcome.Runs is [.., var failed] => ChatReply.Of(failed.Text == "Internal error" ? "Internal error; it has been logged. Try another question." : failed.Text),
        [] => Words(outcome.Prose, []),
        var results => new ChatReply { Summary = results[^1].Summary, Blocks = [.. results.SelectMany(Shown)] },
    };

    /// <summary>A result's blocks, with its sentence first where they do not say it.</summary>
    private static IEnumerable<ReplyBlock> Shown(ToolResult result) =>
        result.Blocks.OfType<ReplySection>().Any(section => section.Paragraphs.Any(paragraph => paragraph.ToString().Contains(result.Summary, StringComparison.Ordinal)))
            ? result.Blocks
            : result.Blocks.Prepend(new ReplySection { Paragraphs = [result.Summary] });

    /// <summary>A model's prose as far as it holds against what was recorded, with what code built; without prose that holds, what code built alone.</summary>
    public static ChatReply Worded(PlannerOutcome.Answered outcome, IReadOnlyList<RecordedStep> steps)
    {
        var results = outcome.Runs.Select(run => run.Result).OfType<ToolResult>().ToList();
        var checker = new ClaimChecker(steps, outcome.Runs.Select(run => run.Text).Concat(results.SelectMany(Texts)));
        var prose = checker.Check(outcome.Prose);
        if (prose.Length == 0)
            return outcome.Runs.Count > 0 ? Computed(outcome) : ChatReply.Of("I have nothing recorded that answers this; ask for an incident, a server, a project or a metric.");

        return Words(prose, results.SelectMany(result => result.Blocks).Where(block => block is not ReplySection { Title: null, IsNote: false }));
    }

    /// <summary>The same with a note at its end.</summary>
    public static ChatReply WithNote(ChatReply reply, params ReplyRun[] note) =>
        reply with { Blocks = [.. reply.Blocks, new ReplySection { IsNote = true, Paragraphs = [ReplyText.Of(note)] }] };

    private static ChatReply Words(string text, IEnumerable<ReplyBlock> blocks)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var paragraphs = lines.Where(line => !IsBullet(line)).Select(line => (ReplyText)line.TrimStart('#', ' ')).ToList();
        var bullets = lines.Where(IsBullet).Select(line => (ReplyText)line.TrimStart('-', '*', '•', ' ')).ToList();
        var first = lines.Length > 0 ? lines[0].TrimStart('#', '-', '*', '•', ' ') : "";
        return new ChatReply
        {
            Summary = first.Length <= MostSummary ? first : first[..(MostSummary - 1)] + "…",
            Blocks = [new ReplySection { Paragraphs = paragraphs, Bullets = bullets }, .. blocks],
        };
    }

    private static bool IsBullet(string line) => line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith("* ", StringComparison.Ordinal) || line.StartsWith("• ", StringComparison.Ordinal);

    private static IEnumerable<string> Texts(ToolResult result) => result.Blocks.SelectMany(block => block switch
    {
        ReplySection section => section.Paragraphs.Concat(section.Bullets).Select(text => text.ToString()),
        ReplyTable table => table.Rows.SelectMany(row => row).Concat(table.Columns).Append(table.Title),
        ReplyChart chart => [chart.Title, chart.AlternativeText],
        ReplyBars bars => bars.Bars.SelectMany(bar => new[] { bar.Name, bar.Label }).Prepend(bars.Title),
        _ => [],
    }).Append(result.Summary).Append(JsonSerializer.Serialize(result.Facts, SreJson.Options));
}
