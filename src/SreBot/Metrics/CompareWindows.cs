using SreBot.Adapters.Chat;
using SreBot.Evidence;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Metrics;

/// <summary>One metric in two windows.</summary>
internal static class CompareWindows
{
    /// <param name="held">Null: the stretch of the same length before.</param>
    public static async Task<ToolResult> RunAsync(ToolContext context, MetricQuestion question, NamedWindow? held, CancellationToken cancel)
    {
        var before = held?.Window ?? question.Window.Before;
        var pastWhen = held?.Text ?? Figures.Window(before.From, before.To);
        question = PerSecond(question, before);
        context.Progress.Report($"Comparing {question.Title} of {question.Of}");
        var now = await context.Steps.ReadAsync($"{MetricNames.Capital(question.Title)} of {question.Of}, {question.When}", context.Scope, MetricQueries.Total(question.Aggregate, question.Window, question.Filter), cancel);
        var then = await context.Steps.ReadAsync($"{MetricNames.Capital(question.Title)} of {question.Of}, {pastWhen}", context.Scope, MetricQueries.Total(question.Aggregate, before, question.Filter), cancel);
        var (value, past) = (now.Table.Number(0, "value"), then.Table.Number(0, "value"));
        var summary = double.IsNaN(value) || double.IsNaN(past)
            ? $"{MetricNames.Capital(question.Title)} of {question.Of}: {Shown(question, now)} from {question.When}, and {Shown(question, then)} from {pastWhen}."
            : $"{MetricNames.Capital(question.Title)} of {question.Of} is {Change(value, past, question)}: {question.Number(value)} from {question.When}, against {question.Number(past)} from {pastWhen}.";
        var table = new ReplyTable($"{MetricNames.Capital(question.Title)} of {question.Of}", ["Window", MetricNames.Capital(question.Title), "Requests"],
        [
            [question.When, Shown(question, now), Figures.Whole(now.Table.Number(0, "request_count"))],
            [pastWhen, Shown(question, then), Figures.Whole(then.Table.Number(0, "request_count"))],
        ], [1, 2]);
        var facts = new
        {
            metric = question.Metric.Name, aggregate = question.Aggregate.Name, question.Unit, of = question.Of,
            window = new { question.Window.From, question.Window.To, value, requests = now.Table.Number(0, "request_count") },
            before = new { before.From, before.To, value = past, requests = then.Table.Number(0, "request_count") },
        };
        return MetricReply.Of(context, summary, facts, [now, then], [table]);
    }

    /// <summary>The sums of an hour and of a day say nothing of each other; their rates do.</summary>
    private static MetricQuestion PerSecond(MetricQuestion question, TimeWindow before) =>
        question.Aggregate.Name == "sum" && Math.Abs((question.Window.Length / before.Length) - 1) > 0.01 ? question with { Aggregate = question.Metric.Aggregate("rate") } : question;

    private static string Shown(MetricQuestion question, RecordedStep step) =>
        step.Table.Number(0, "value") is var value && double.IsNaN(value) && step.Table.Number(0, "request_count") > 0 ? "not recorded" : question.Number(value);

    private static string Change(double value, double past, MetricQuestion question) => past > 0
        ? (value / past) switch
        {
            >= 1.02 and var ratio => $"higher, {Figures.Plain(ratio)} times what it was",
            <= 0.98 and var ratio => $"lower, {Figures.Plain(ratio)} times what it was",
            _ => "about the same",
        }
        : value > past ? $"higher by {question.Number(value - past)}" : "the same";
}
