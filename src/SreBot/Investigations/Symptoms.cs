using SreBot.Model;
using SreBot.Rca;
using SreBot.Telemetry;

namespace SreBot.Investigations;

/// <summary>The subject's measures minute by minute, and the stretch in which one of them changed.</summary>
internal static class Symptoms
{
    /// <summary>What users feel; a reading of a machine is a symptom only when it is asked about.</summary>
    private static readonly RcaMeasure[] Measures = [RcaMeasure.Latency, RcaMeasure.ErrorRate, RcaMeasure.Requests];

    /// <summary>An open question looks at every stretch of hours, and so finds more by chance.</summary>
    private const double LeastOpenScore = 6.5;

    private static readonly string Sql = $$"""
        SELECT toDateTime64(toStartOfMinute(timestamp), 3, 'UTC') AS at, count() AS request_count,
            {{Mean("latency")}} AS latency, {{Mean("error_rate")}} AS error_rate, {{Mean("cost")}} AS cost, {{Mean("cpu")}} AS cpu, {{Mean("memory")}} AS memory
        FROM {database:Identifier}.request
        WHERE /*scope*/ AND timestamp >= {from:DateTime64(3)} AND timestamp < {to:DateTime64(3)}
        """;

    public static TelemetryQuery Query(TimeWindow window, IReadOnlyList<DimensionCondition> filter)
    {
        var parameters = new Dictionary<string, object?> { ["from"] = window.From, ["to"] = window.To };
        MetricQueries.AddFilter(filter, parameters);
        return new TelemetryQuery($"{Sql}{MetricQueries.Where(filter)}\nGROUP BY at\nORDER BY at", parameters);
    }

    public static RcaMeasure MeasureOf(string metric) => metric switch
    {
        "error_rate" => RcaMeasure.ErrorRate,
        "requests" => RcaMeasure.Requests,
        "cost" => RcaMeasure.Cost,
        "cpu" => RcaMeasure.Cpu,
        "memory" => RcaMeasure.Memory,
        _ => RcaMeasure.Latency,
    };

    public static string MetricOf(RcaMeasure measure) => measure switch
    {
        RcaMeasure.ErrorRate => "error_rate",
        RcaMeasure.Requests => "requests",
        RcaMeasure.Cost => "cost",
        RcaMeasure.Cpu => "cpu",
        RcaMeasure.Memory => "memory",
        _ => "latency",
    };

    /// <summary>The measure that changed most, and when; the latency and null when none did.</summary>
    /// <param name="wanted">Null: any.</param>
    /// <param name="isCandidate">Which stretches (first minute, minute after the last) may be answered.</param>
    public static (RcaMeasure Measure, TimeWindow? When) Find(StepTable table, TimeWindow window, RcaMeasure? wanted, bool isOpen, Func<TimeWindow, bool> isCandidate)
    {
        var found = (wanted is { } one ? [one] : Measures)
            .Select(measure => (Measure: measure, Change: ChangeScan.Find(Values(table, window, measure), Least(measure), (start, end) => isCandidate(Stretch(window, start, end)))))
            .Where(item => item.Change is not null && item.Change.Score >= (isOpen ? LeastOpenScore : 0) && (IsBad(item.Measure, item.Change) || wanted is not null))
            .OrderByDescending(item => item.Change!.Score * (item.Measure is RcaMeasure.Latency or RcaMeasure.ErrorRate ? 2 : 1)) // what a user feels comes before what a machine reads
            .ToList();
        return found.Count == 0 ? (wanted ?? RcaMeasure.Latency, null) : (found[0].Measure, Stretch(window, found[0].Change!.Start, found[0].Change!.End));
    }

    /// <summary>A value a minute of the window; NaN where no request came (0 for requests).</summary>
    public static double[] Values(StepTable table, TimeWindow window, RcaMeasure measure)
    {
        var values = new double[Math.Max(1, (int)Math.Ceiling(window.Length.TotalMinutes))];
        Array.Fill(values, measure == RcaMeasure.Requests ? 0 : double.NaN);
        for (var row = 0; row < table.Rows.Count; row++)
        {
            var minute = (int)(table.Time(row, "at") - window.From).TotalMinutes;
            if (minute >= 0 && minute < values.Length)
                values[minute] = table.Number(row, measure == RcaMeasure.Requests ? "request_count" : MetricOf(measure));
        }

        return measure == RcaMeasure.Requests ? Known(values) : values;
    }

    /// <summary>Minutes before the first request are not a loss of traffic.</summary>
    private static double[] Known(double[] values)
    {
        var first = Array.FindIndex(values, value => value > 0);
        for (var i = 0; i < first; i++)
        {
            values[i] = double.NaN;
        }

        return values;
    }

    private static TimeWindow Stretch(TimeWindow window, int start, int end) => new(window.From.AddMinutes(start), window.From.AddMinutes(end));

    /// <summary>Less is the time of day.</summary>
    private static double Least(RcaMeasure measure) => measure switch { RcaMeasure.Requests => 0.18, RcaMeasure.ErrorRate => 0.5, RcaMeasure.Latency => 0.1, _ => 0.25 };

    private static bool IsBad(RcaMeasure measure, ChangeInterval change) =>
        measure == RcaMeasure.Requests || (change.Inside > change.Outside && (measure != RcaMeasure.ErrorRate || change.Inside - change.Outside >= 1));

    private static string Mean(string metric)
    {
        var found = MetricCatalogue.Find(metric);
        return found.Aggregate(metric == "error_rate" ? "ratio" : "mean").RequestSql;
    }
}
