using SreBot.Adapters.Chat;
using SreBot.Evidence;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Metrics;

/// <summary>The values of a dimension in the order of a metric.</summary>
internal static class TopEntities
{
    private const int MostRead = 1000;

    /// <param name="among">Only these; all when empty.</param>
    public static async Task<ToolResult> RunAsync(ToolContext context, MetricQuestion question, string dimension, IReadOnlyList<string> among, int count, bool isLowest, CancellationToken cancel)
    {
        var word = FilterText.Plain(dimension);
        context.Progress.Report($"Ranking every {word} by {question.Title}");
        var step = await context.Steps.ReadAsync($"{MetricNames.Capital(question.Title)} of {question.Of} by {word}", context.Scope, MetricQueries.Top(question.Aggregate, question.Window, dimension, question.Filter, MostRead), cancel);
        var rows = Enumerable.Range(0, step.Table.Rows.Count).Where(row => step.Table.Text(row, "entity") is { Length: > 0 } name && (among.Count == 0 || among.Contains(name)) && !double.IsNaN(step.Table.Number(row, "value"))).ToList();
        if (rows.Count == 0)
            return MetricReply.Empty(context, question, step);

        if (isLowest)
            rows.Reverse();
        var shown = rows.Take(Math.Clamp(count, 1, 50)).Select(row => (Name: step.Table.Text(row, "entity"), Value: step.Table.Number(row, "value"), Requests: step.Table.Number(row, "request_count"))).ToList();
        var (first, next) = (shown[0], shown.Count > 1 ? $"; next is {shown[1].Name} with {question.Number(shown[1].Value)}" : "");
        var summary = $"{first.Name} has the {(isLowest ? "lowest" : "highest")} {question.Title}{(question.Filter.Count > 0 ? $" of {question.Of}" : "")}, {question.When}: {question.Number(first.Value)}{next}.";
        var table = new ReplyTable($"{MetricNames.Capital(question.Title)} by {word}", [MetricNames.Capital(word), MetricNames.Capital(question.Title), "Requests"],
            [.. shown.Select(row => (IReadOnlyList<string>)[row.Name, question.Number(row.Value), Figures.Whole(row.Requests)])], [1, 2]);
        var facts = new { metric = question.Metric.Name, aggregate = question.Aggregate.Name, question.Unit, dimension = word, question.Window.From, question.Window.To, top = shown.Select(row => new { name = row.Name, value = row.Value, requests = row.Requests }) };
        return MetricReply.Of(context, summary, facts, [step], [table], dimension is "server_id" or "project_id" ? [$"Why is {first.Name} slow?", $"p95 latency of {first.Name}"] : []);
    }
}
