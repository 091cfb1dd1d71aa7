using SreBot.Alerts.Evaluation;
using SreBot.Alerts.Rules;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Tests.Alerts.Evaluation;

/// <summary>What a rule's value is, told by a query of its own from single requests: what the evaluation must equal.</summary>
internal static class RawReference
{
    public static async Task<IReadOnlyList<AlertReading>> ReadAsync(ITelemetryStore store, string database, AlertRule rule, DateTimeOffset tick)
    {
        var readings = await ReadAsync(store, database, rule, rule.Window, tick);
        if (rule.ShortWindow is not { } shorter)
            return readings;

        var others = (await ReadAsync(store, database, rule, shorter, tick)).ToDictionary(reading => reading.GroupKey);
        return [.. readings.Select(reading => reading with
        {
            Value = reading.Value is { } one && others.TryGetValue(reading.GroupKey, out var other) && other.Value is { } two ? Math.Min(one, two) : null,
        })];
    }

    private static async Task<IReadOnlyList<AlertReading>> ReadAsync(ITelemetryStore store, string database, AlertRule rule, TimeSpan window, DateTimeOffset tick)
    {
        var keys = rule.GroupBy.Select((dimension, i) => $"toString({dimension}) AS group_{i}").ToList();
        var parameters = new Dictionary<string, object?> { ["projects"] = rule.Projects, ["from"] = tick - window, ["to"] = tick, ["window_seconds"] = window.TotalSeconds };
        MetricQueries.AddFilter(rule.Filter, parameters);
        var sql = $$"""
            SELECT {{rule.Measure.Aggregate.RequestSql}} AS value, count() AS requests{{string.Concat(keys.Select(key => $", {key}"))}}, {window_seconds:Float64}
            FROM {database:Identifier}.request
            WHERE /*scope*/ AND timestamp >= {from:DateTime64(3)} AND timestamp < {to:DateTime64(3)} AND project_id IN {projects:Array(String)}{{MetricQueries.Where(rule.Filter)}}
            {{(keys.Count == 0 ? "HAVING requests > 0" : $"GROUP BY {string.Join(", ", keys.Select((_, i) => $"group_{i}"))}")}}
            """;
        await using var reader = await store.ReadAsync(AccessScope.ForEvaluator(database), new TelemetryQuery(sql, parameters), TestContext.Current.CancellationToken);
        var readings = new List<AlertReading>();
        while (reader.Read())
        {
            var values = rule.GroupBy.Select((_, i) => reader.GetString(2 + i)).ToList();
            double? value = reader.IsDBNull(0) ? null : Convert.ToDouble(reader.GetValue(0));
            readings.Add(new AlertReading(AlertGroup.Key(rule.GroupBy, values), rule.Value(value), Convert.ToInt64(reader.GetValue(1))));
        }

        return readings;
    }
}
