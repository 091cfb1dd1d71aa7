using SreBot.Adapters.Chat;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Metrics;

/// <summary>Puts an answer together: the sentence, what shows it, where it comes from, what to ask next.</summary>
internal static class MetricReply
{
    public static ToolResult Of(ToolContext context, string summary, object facts, IEnumerable<RecordedStep> steps, IEnumerable<ReplyBlock> shown, params IEnumerable<string> next)
    {
        var read = steps.ToList();
        foreach (var step in read)
        {
            step.Conclusion ??= summary;
        }

        List<ReplyBlock> blocks = [new ReplySection { Paragraphs = [summary] }, .. shown];
        var buttons = next.Take(3).Select(question => new ReplyButton(question.Length <= 75 ? question : question[..74] + "…", "ask", question)).ToList();
        if (buttons.Count > 0)
            blocks.Add(new ReplyButtons(buttons));
        blocks.Add(StepLinks.Source(context.Steps, read));
        return new ToolResult(summary, blocks, facts);
    }

    /// <summary>Where nobody sent a request, or no request has the metric recorded.</summary>
    public static ToolResult Empty(ToolContext context, MetricQuestion question, params IReadOnlyList<RecordedStep> steps)
    {
        var requests = steps.Sum(step => Enumerable.Range(0, step.Table.Rows.Count).Sum(row => step.Table.Number(row, "request_count"))) > 0;
        var summary = requests
            ? $"{MetricNames.Capital(question.Title)} of {question.Of} is not recorded: there are requests from {question.When}, but none has it."
            : $"There are no requests of {question.Of} from {question.When}.";
        return Of(context, summary, new { question.Of, question.Window.From, question.Window.To, answer = summary }, steps, []);
    }
}
