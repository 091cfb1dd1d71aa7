using SreBot.Adapters.Chat;
using SreBot.Evidence;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Metrics;

/// <summary>The latency's percentiles, in one read.</summary>
internal static class Percentiles
{
    private static readonly int[] Percents = [50, 90, 95, 99];
    private static readonly string[] Names = [.. Percents.Select(percent => $"p{percent}"), "max"];

    /// <summary>One aggregate for all of them, so that the values are gathered once.</summary>
    private static readonly string Sql = $$"""
        WITH quantilesExact({{string.Join(", ", Percents.Select(MetricCatalogue.Level))}})(execution_time) AS ranks
        SELECT {{string.Join(", ", Percents.Select((percent, i) => $"ranks[{i + 1}] AS p{percent}"))}}, max(execution_time) AS max, count() AS request_count
        FROM {database:Identifier}.request
        WHERE /*scope*/ AND timestamp >= {from:DateTime64(3)} AND timestamp < {to:DateTime64(3)}
        """;

    /// <param name="wanted">Named first in the sentence; null: p95.</param>
    /// <exception cref="SreException">Invalid, when there is no such percentile.</exception>
    public static async Task<ToolResult> RunAsync(ToolContext context, MetricQuestion question, string? wanted, CancellationToken cancel)
    {
        if (!string.IsNullOrWhiteSpace(wanted) && !Names.Contains(wanted))
            throw new SreException(SreErrorKind.Invalid, $"I do not compute {(wanted.Length <= 20 ? wanted : "that percentile")}; ask for {string.Join(", ", Names)}.");

        var parameters = new Dictionary<string, object?> { ["from"] = question.Window.From, ["to"] = question.Window.To };
        MetricQueries.AddFilter(question.Filter, parameters);
        context.Progress.Report($"Reading latency percentiles of {question.Of}");
        var step = await context.Steps.ReadAsync($"Latency percentiles of {question.Of}", context.Scope, new TelemetryQuery(Sql + MetricQueries.Where(question.Filter), parameters) { Needs = question.Aggregate.Columns }, cancel);
        if (step.Table.Rows.Count == 0 || step.Table.Number(0, "request_count") == 0)
            return MetricReply.Empty(context, question, step);

        var first = string.IsNullOrWhiteSpace(wanted) ? "p95" : wanted;
        string Value(string name) => Figures.Number(step.Table.Number(0, name), "ms");
        var requests = step.Table.Number(0, "request_count");
        var summary = $"{first} latency of {question.Of}, {question.When}: {Value(first)}, over {Figures.Number(requests, "requests")}.";
        var table = new ReplyTable($"Latency of {question.Of}", ["Percentile", "Latency"], [.. Names.Select(name => (IReadOnlyList<string>)[name, Value(name)])], [1]);
        var facts = new { of = question.Of, question.Window.From, question.Window.To, unit = "ms", requests, percentiles = Names.ToDictionary(name => name, name => step.Table.Number(0, name)) };
        return MetricReply.Of(context, summary, facts, [step], [table], $"latency of {question.Of} over time");
    }
}
