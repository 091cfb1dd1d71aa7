using System.Globalization;
using SreBot.Model;
using SreBot.Rca;
using SreBot.Telemetry;

namespace SreBot.Changes;

/// <summary>How the requests of each change's service were in the quarter of an hour before it and after it, in one read of a few short stretches.</summary>
internal static class ChangeEffects
{
    public static readonly TimeSpan Stretch = TimeSpan.FromMinutes(15);

    // The half before is a part of its own too: what moved there did not wait for the change.
    private static readonly string One = $$"""
        SELECT {0} AS change,
            arrayJoin(multiIf(timestamp < {middle_{0}:DateTime64(3)}, ['before', 'earlier'], timestamp < {at_{0}:DateTime64(3)}, ['before', 'later'], ['after'])) AS part,
            count() AS request_count,
            count() / multiIf(part = 'before', {before_minutes:Float64}, part = 'after', {after_minutes_{0}:Float64}, {before_minutes:Float64} / 2) AS requests_per_minute,
            {{MetricCatalogue.Find("error_rate").Aggregate("ratio").RequestSql}} AS error_rate,
            {{MetricCatalogue.Find("latency").Aggregate("mean").RequestSql}} AS latency,
            sum(execution_time * execution_time) AS latency_squares
        FROM {database:Identifier}.request
        WHERE /*scope*/ AND service = {service_{0}:String} AND timestamp >= {from_{0}:DateTime64(3)} AND timestamp < {to_{0}:DateTime64(3)}
        GROUP BY part
        """;

    /// <summary>Columns <c>change</c> (its place in the list), <c>part</c> and the measures; ordered.</summary>
    public static TelemetryQuery Query(IReadOnlyList<ChangeFacts> changes, DateTimeOffset now)
    {
        var parameters = new Dictionary<string, object?> { ["before_minutes"] = Stretch.TotalMinutes };
        foreach (var (i, change) in changes.Index())
        {
            var to = After(change, now).To;
            parameters[$"service_{i}"] = change.Service;
            parameters[$"from_{i}"] = change.At - Stretch;
            parameters[$"middle_{i}"] = change.At - (Stretch / 2);
            parameters[$"at_{i}"] = change.At;
            parameters[$"to_{i}"] = to;
            parameters[$"after_minutes_{i}"] = Math.Max((to - change.At).TotalMinutes, 1.0 / 60);
        }

        var all = changes.Select((_, i) => One.Replace("{0}", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        return new TelemetryQuery($"SELECT * FROM (\n{string.Join("\nUNION ALL\n", all)}\n)\nORDER BY change, part", parameters);
    }

    public static TimeWindow After(ChangeFacts change, DateTimeOffset now) => new(change.At, change.At + Stretch < now ? change.At + Stretch : now);

    /// <summary>The measures of the service that moved after the change by the rules that causes are named by, or back to where they should be.</summary>
    public static ChangeEffect Read(StepTable table, int change, ChangeFacts facts, DateTimeOffset now)
    {
        var parts = Enumerable.Range(0, table.Rows.Count).Where(row => table.Number(row, "change") == change).ToDictionary(row => table.Text(row, "part"), row => Tally(table, row));
        var cell = new RcaCell([], parts.GetValueOrDefault("earlier"), parts.GetValueOrDefault("later"), parts.GetValueOrDefault("after"));
        var middle = facts.At - (Stretch / 2);
        var input = new RcaInput
        {
            Measure = RcaMeasure.Latency, Earlier = new TimeWindow(facts.At - Stretch, middle), Before = new TimeWindow(middle, facts.At), During = After(facts, now), Cells = [cell],
        };
        var shifts = new RcaShifts(input);
        var moves = new[] { RcaMeasure.ErrorRate, RcaMeasure.Latency, RcaMeasure.Requests }.Select(measure => (Move: shifts.Move(cell, measure), Earlier: shifts.Placebo(cell, measure))).ToList();
        return new ChangeEffect(
            [.. moves.Where(pair => HasMoved(pair.Move)).Select(pair => new ChangeMove(pair.Move!, HasMoved(pair.Earlier) && Math.Sign(pair.Earlier!.Move) == Math.Sign(pair.Move!.Move)))],
            [.. moves.Select(pair => pair.Move).OfType<RcaShift>()], cell.Past.Count + cell.During.Count, input.During.Length);
    }

    private static bool HasMoved(RcaShift? shift) => shift is not null && RcaRules.IsCertain(shift) && (RcaRules.IsNotable(shift) || RcaRules.IsNotable(shift with { From = shift.To, To = shift.From }));

    private static RcaTally Tally(StepTable table, int row)
    {
        double Value(string column) => table.Number(row, column) is var value && double.IsFinite(value) ? value : 0;
        var count = Value("request_count");
        return new RcaTally { Count = count, Errors = Value("error_rate") * count / 100, Latency = Value("latency") * count, LatencySquares = Value("latency_squares") };
    }
}
