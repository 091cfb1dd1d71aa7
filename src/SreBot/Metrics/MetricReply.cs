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

    /// <summary>Where nobody sent a request.</summary>
    public static ToolResult Empty(ToolContext context, MetricQuestion question, params IEnumerable<RecordedStep> steps) =>
        Of(context, $"There are no requests of {question.Of} from {question.When}.", new { question.Of, question.Window.From, question.Window.To, requests = 0 }, steps, []);
}
