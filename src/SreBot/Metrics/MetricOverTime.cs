using SreBot.Adapters.Chat;
using SreBot.Evidence;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Metrics;

/// <summary>One metric, drawn over a window.</summary>
internal static class MetricOverTime
{
    public static async Task<ToolResult> RunAsync(ToolContext context, MetricQuestion question, CancellationToken cancel)
    {
        var step = question.Step(TimeSpan.FromMinutes(1));
        context.Progress.Report($"Reading {question.Title} of {question.Of}");
        var total = await context.Steps.ReadAsync($"{MetricNames.Capital(question.Title)} of {question.Of} over the whole window", context.Scope, MetricQueries.Total(question.Aggregate, question.Window, question.Filter), cancel);
        var series = await context.Steps.ReadAsync($"{MetricNames.Capital(question.Title)} of {question.Of} by {Figures.Length(step)}", context.Scope, MetricQueries.Series(question.Aggregate, question.Window, step, question.Filter), cancel);
        var points = MetricPoints.Of(series.Table, question.Window, step);
        var known = points.Where(point => point.Value is not null).ToList();
        if (known.Count == 0)
            return MetricReply.Empty(context, question, total, series);

        var (low, high) = (known.MinBy(point => point.Value)!, known.MaxBy(point => point.Value)!);
        var overall = total.Table.Number(0, "value");
        var summary = $"{MetricNames.Capital(question.Title)} of {question.Of}, {question.When}: {question.Number(overall)} overall, between {question.Number(low.Value!.Value)} at {Figures.Time(low.At)} and {question.Number(high.Value!.Value)} at {Figures.Time(high.At)}.";
        var chart = new ReplyChart($"{MetricNames.Capital(question.Title)} of {question.Of}", question.Unit, Short(summary), [new ReplySeries(question.Of, points)]);
        var facts = new
        {
            metric = question.Metric.Name, aggregate = question.Aggregate.Name, question.Unit, of = question.Of, question.Window.From, question.Window.To, overall,
            lowest = low.Value, lowestAt = low.At, highest = high.Value, highestAt = high.At, stepSeconds = step.TotalSeconds,
            points = known.Select(point => new object[] { point.At, point.Value! }),
        };
        return MetricReply.Of(context, summary, facts, [total, series], [chart], Next(question));
    }

    private static IEnumerable<string> Next(MetricQuestion question) => question.Filter switch
    {
        [{ Dimension: "server_id" or "project_id" } one] => [$"Why is {one.Value} slow?", "Which server has the highest latency?"],
        _ => ["Which server has the highest latency?"],
    };

    private static string Short(string text) => text.Length <= 500 ? text : text[..499] + "…";
}
