using SreBot.Adapters.Chat;
using SreBot.Evidence;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Metrics;

/// <summary>Which object swings most: the largest difference between the highest and the lowest step of a window.</summary>
internal static class LargestSwing
{
    private const int Drawn = 6;

    public static async Task<ToolResult> RunAsync(ToolContext context, MetricQuestion question, string dimension, CancellationToken cancel)
    {
        var (word, step) = (FilterText.Plain(dimension), question.Step(question.Window.Length <= TimeSpan.FromMinutes(10) ? TimeSpan.FromSeconds(10) : TimeSpan.FromMinutes(1)));
        context.Progress.Report($"Looking for the largest swing of {question.Title}");
        var read = await context.Steps.ReadAsync($"{MetricNames.Capital(question.Title)} of {question.Of} by {word} and {Figures.Length(step)}", context.Scope,
            MetricQueries.SeriesBy(question.Aggregate, question.Window, step, dimension, question.Filter), cancel);
        var table = read.Table;
        var swings = Enumerable.Range(0, table.Rows.Count)
            .Where(row => table.Text(row, "entity").Length > 0 && !double.IsNaN(table.Number(row, "value")))
            .GroupBy(row => table.Text(row, "entity"), row => table.Number(row, "value"))
            .Select(values => (Name: values.Key, Low: values.Min(), High: values.Max()))
            .OrderByDescending(swing => swing.High - swing.Low).ThenBy(swing => swing.Name, StringComparer.Ordinal).ToList();
        if (swings.Count == 0)
            return MetricReply.Empty(context, question, read);

        var first = swings[0];
        var summary = $"{first.Name} has the largest swing of {question.Title}, {question.When}: {question.Number(first.High - first.Low)}, from {question.Number(first.Low)} to {question.Number(first.High)}.";
        var shown = new ReplyTable($"Swing of {question.Title} by {word}", [MetricNames.Capital(word), "Swing", "Lowest", "Highest"],
            [.. swings.Take(10).Select(swing => (IReadOnlyList<string>)[swing.Name, question.Number(swing.High - swing.Low), question.Number(swing.Low), question.Number(swing.High)])], [1, 2, 3]);
        var chart = new ReplyChart($"{MetricNames.Capital(question.Title)} by {word}", question.Unit, summary.Length <= 500 ? summary : summary[..499] + "…",
            [.. swings.Take(Drawn).Select((swing, i) => new ReplySeries(swing.Name, MetricPoints.Of(table, question.Window, step, row => table.Text(row, "entity") == swing.Name), IsContext: i > 0))]);
        var facts = new { metric = question.Metric.Name, aggregate = question.Aggregate.Name, question.Unit, dimension = word, question.Window.From, question.Window.To, swings = swings.Take(10).Select(swing => new { name = swing.Name, swing = swing.High - swing.Low, lowest = swing.Low, highest = swing.High }) };
        return MetricReply.Of(context, summary, facts, [read], [chart, shown], dimension is "server_id" or "project_id" ? [$"Why is {first.Name} slow?"] : []);
    }
}
