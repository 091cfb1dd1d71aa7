using SreBot.Adapters.Chat;
using SreBot.Evidence;
using SreBot.Model;
using SreBot.Rca;
using SreBot.Telemetry;

namespace SreBot.Investigations;

/// <summary>The culprit's metric minute by minute against its usual range and everybody else's; without a culprit, the subject's.</summary>
/// <param name="Usual">The usual range; null when there is too little past.</param>
internal sealed record CulpritChart(ReplyChart Chart, RecordedStep Step, RecordedStep? Usual)
{
    public IEnumerable<RecordedStep> Steps => new[] { Step, Usual }.OfType<RecordedStep>();

    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(60);

    public static async Task<CulpritChart> ReadAsync(ToolContext context, InvestigationSubject subject, RcaReading reading, RcaVerdict verdict, CancellationToken cancel)
    {
        var first = verdict.Causes is [{ Conditions.Count: > 0 } cause, ..] ? cause : null;
        var (name, conditions) = first is not null ? (first.Entity, first.Conditions) : (FilterText.Describe(subject.Filter), subject.Filter);
        var metric = MetricCatalogue.Find(Symptoms.MetricOf(verdict.Measure));
        var aggregate = metric.Aggregate(subject.Aggregate is not null && subject.Metric == metric.Name ? subject.Aggregate : null);
        var during = reading.Input.During;
        var window = new TimeWindow(Max(reading.Input.Earlier.From, during.From - Margin), Min(reading.Looked.To, during.To + (Margin / 2)));
        var step = TimeSpan.FromMinutes(window.Length > TimeSpan.FromMinutes(150) ? 2 : 1);
        var read = await context.Steps.ReadAsync($"{metric.Title} ({aggregate.Name}) of {name} and of all others", context.Scope, Query(aggregate, window, step, conditions), cancel);
        var mine = Points(read.Table, "culprit", window, step);
        List<ReplySeries> series = conditions.Count == 0 ? [new(name, mine)] : [new(name, mine), new("all others", Points(read.Table, "others", window, step), IsContext: true)];
        var unit = metric.UnitOf(aggregate);
        var range = UsualRange.Of([.. mine.Where(point => point.At + step <= during.From).Select(point => point.Value).OfType<double>()], unit);
        var usual = range is null ? null : await KeepAsync(context, range, $"{metric.Title} ({aggregate.Name}) of {name}", unit, read.Number, new TimeWindow(window.From, during.From), cancel);
        var chart = new ReplyChart($"{char.ToUpperInvariant(metric.Title[0])}{metric.Title[1..]} of {name}", unit, Alternative(verdict, name, metric.Title, range, unit), series)
        {
            Threshold = subject.Metric == metric.Name ? subject.Threshold : null,
            Highlight = reading.Onset is null && subject.Incident is null ? null : new ReplySpan(during.From, during.To, subject.Incident is null ? "change" : subject.Name),
            Band = range is null ? null : new ReplyBand("usual range", [.. mine.Select(point => new ReplyBandPoint(point.At, range.Low, range.High))]),
        };
        return new CulpritChart(chart, read, usual);
    }

    private static async Task<RecordedStep> KeepAsync(ToolContext context, UsualRange range, string what, string unit, int source, TimeWindow past, CancellationToken cancel)
    {
        var step = await context.Steps.KeepAsync($"Usual range of {what}", context.Scope, $"computed from step {source}: median and three robust standard deviations of its values before the change",
            new StepTable(["from", "to", "values", "median", "deviation", "low", "high"], [[past.From, past.To, range.Points, range.Middle, range.Deviation, range.Low, range.High]]), cancel);
        step.Conclusion = $"Usually between {Figures.Number(range.Low, unit)} and {Figures.Number(range.High, unit)}.";
        return step;
    }

    private static TelemetryQuery Query(MetricAggregate aggregate, TimeWindow window, TimeSpan step, IReadOnlyList<DimensionCondition> conditions)
    {
        var query = MetricQueries.Series(aggregate, window, step, []);
        var parameters = new Dictionary<string, object?>(query.Parameters);
        MetricQueries.AddFilter(conditions, parameters);
        var split = conditions.Count == 0 ? "'culprit'" : $"if(true{MetricQueries.Where(conditions)}, 'culprit', 'others')";
        return new TelemetryQuery(query.Sql.Replace("SELECT ", $"SELECT {split} AS part, ", StringComparison.Ordinal).Replace("GROUP BY at", "GROUP BY part, at", StringComparison.Ordinal), parameters);
    }

    private static List<ReplyPoint> Points(StepTable table, string part, TimeWindow window, TimeSpan step)
    {
        var values = Enumerable.Range(0, table.Rows.Count).Where(row => table.Text(row, "part") == part).ToDictionary(row => table.Time(row, "at"), row => table.Number(row, "value"));
        var points = new List<ReplyPoint>();
        for (var at = new DateTimeOffset(window.From.UtcTicks / step.Ticks * step.Ticks, TimeSpan.Zero); at < window.To; at += step)
        {
            points.Add(new ReplyPoint(at, values.TryGetValue(at, out var value) && !double.IsNaN(value) ? value : null));
        }

        return points;
    }

    private static string Alternative(RcaVerdict verdict, string name, string title, UsualRange? range, string unit)
    {
        var text = verdict.Causes is [var cause, ..] ? $"Line of {title}: {Figures.Sentence(cause.Sentence)}" : $"Line of {title} of {name}: no change stands out.";
        text += range is null ? "" : $" Usual range: {Figures.Number(range.Low, unit)} to {Figures.Number(range.High, unit)}.";
        return text.Length <= 500 ? text : text[..499] + "…";
    }

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
