using SreBot.Adapters.Chat;
using SreBot.Evidence;
using SreBot.Model;
using SreBot.Rca;
using SreBot.Telemetry;

namespace SreBot.Investigations;

/// <summary>The culprit's metric minute by minute against everybody else's; without a culprit, the subject's.</summary>
internal sealed record CulpritChart(ReplyChart Chart, RecordedStep Step)
{
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
        var chart = new ReplyChart($"{char.ToUpperInvariant(metric.Title[0])}{metric.Title[1..]} of {name}", metric.UnitOf(aggregate), Alternative(verdict, name, metric.Title), series)
        {
            Threshold = subject.Metric == metric.Name ? subject.Threshold : null,
            Highlight = reading.Onset is null && subject.Incident is null ? null : new ReplySpan(during.From, during.To, subject.Incident is null ? "change" : subject.Name),
        };
        return new CulpritChart(chart, read);
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

    private static string Alternative(RcaVerdict verdict, string name, string title)
    {
        var text = verdict.Causes is [var cause, ..] ? $"Line of {title}: {Figures.Sentence(cause.Sentence)}" : $"Line of {title} of {name}: no change stands out.";
        return text.Length <= 500 ? text : text[..499] + "…";
    }

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
