using SreBot.Adapters.Chat;
using SreBot.Evidence;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Metrics;

/// <summary>One metric in two windows.</summary>
internal static class CompareWindows
{
    /// <param name="before">Null: the stretch of the same length before.</param>
    public static async Task<ToolResult> RunAsync(ToolContext context, MetricQuestion question, TimeWindow? before, CancellationToken cancel)
    {
        before ??= question.Window.Before;
        context.Progress.Report($"Comparing {question.Title} of {question.Of}");
        var now = await context.Steps.ReadAsync($"{MetricNames.Capital(question.Title)} of {question.Of}, {question.When}", context.Scope, MetricQueries.Total(question.Aggregate, question.Window, question.Filter), cancel);
        var then = await context.Steps.ReadAsync($"{MetricNames.Capital(question.Title)} of {question.Of}, {Figures.Window(before.From, before.To)}", context.Scope, MetricQueries.Total(question.Aggregate, before, question.Filter), cancel);
        var (value, past) = (now.Table.Number(0, "value"), then.Table.Number(0, "value"));
        var summary = double.IsNaN(value) || double.IsNaN(past)
            ? $"{MetricNames.Capital(question.Title)} of {question.Of}: {question.Number(value)} from {question.When}, and {question.Number(past)} from {Figures.Window(before.From, before.To)}."
            : $"{MetricNames.Capital(question.Title)} of {question.Of} is {Change(value, past, question)}: {question.Number(value)} from {question.When}, against {question.Number(past)} from {Figures.Window(before.From, before.To)}.";
        var table = new ReplyTable($"{MetricNames.Capital(question.Title)} of {question.Of}", ["Window", MetricNames.Capital(question.Title), "Requests"],
        [
            [question.When, question.Number(value), Figures.Whole(now.Table.Number(0, "request_count"))],
            [Figures.Window(before.From, before.To), question.Number(past), Figures.Whole(then.Table.Number(0, "request_count"))],
        ], [1, 2]);
        var facts = new
        {
            metric = question.Metric.Name, aggregate = question.Aggregate.Name, question.Unit, of = question.Of,
            window = new { question.Window.From, question.Window.To, value, requests = now.Table.Number(0, "request_count") },
            before = new { before.From, before.To, value = past, requests = then.Table.Number(0, "request_count") },
        };
        return MetricReply.Of(context, summary, facts, [now, then], [table]);
    }

    private static string Change(double value, double past, MetricQuestion question) => past > 0
        ? (value / past) switch
        {
            >= 1.02 and var ratio => $"higher, {Figures.Plain(ratio)} times what it was",
            <= 0.98 and var ratio => $"lower, {Figures.Plain(ratio)} times what it was",
            _ => "about the same",
        }
        : value > past ? $"higher by {question.Number(value - past)}" : "the same";
}
