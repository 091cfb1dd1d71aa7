using System.Data.Common;
using SreBot.Alerts.Rules;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Alerts.Evaluation;

/// <summary>Reads what all rules of a telemetry database want to know at a tick, in a handful of queries.</summary>
internal sealed partial class AlertReader(ITelemetryStore telemetry, ILogger<AlertReader> log)
{
    private const string NewestSql = """
        SELECT maxOrNull(timestamp) AS newest
        FROM {database:Identifier}.request
        WHERE /*scope*/ AND timestamp >= {from:DateTime64(3)} AND timestamp <= {now:DateTime64(3)}
        """;

    /// <exception cref="SreException">Unavailable, when the store cannot be reached.</exception>
    public async Task<AlertFrontier> FrontierAsync(string database, DateTimeOffset now, AlertOptions options, CancellationToken cancel)
    {
        var query = new TelemetryQuery(NewestSql, new Dictionary<string, object?> { ["from"] = now - options.Timeout - options.Lag - TimeSpan.FromMinutes(1), ["now"] = now });
        await using var reader = await telemetry.ReadAsync(AccessScope.ForEvaluator(database), query, cancel);
        DateTimeOffset? newest = await reader.ReadAsync(cancel) && reader.GetValue(0) is DateTime time ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)) : null;
        return AlertFrontier.Of(newest, now, options);
    }

    /// <summary>A rule whose own query fails is set aside with its reason; the others are read.</summary>
    /// <exception cref="SreException">Unavailable, when the store cannot be reached.</exception>
    public async Task<AlertReadings> ReadAsync(string database, IReadOnlyList<AlertRule> rules, DateTimeOffset tick, CancellationToken cancel)
    {
        var readings = new AlertReadings();
        foreach (var (shape, members) in ByShape(rules, readings))
        {
            await ReadShapeAsync(database, shape, members, tick, readings, cancel);
        }

        return readings;
    }

    private static Dictionary<AlertShape, List<AlertRule>> ByShape(IEnumerable<AlertRule> rules, AlertReadings readings)
    {
        var shapes = new Dictionary<AlertShape, List<AlertRule>>();
        foreach (var rule in rules)
        {
            try
            {
                var shape = AlertShape.Of(AlertLimits.Check(rule));
                (shapes.TryGetValue(shape, out var members) ? members : shapes[shape] = []).Add(rule);
            }
            catch (SreException error)
            {
                readings.Fail(rule.Id, error.Message);
            }
        }

        return shapes;
    }

    private async Task ReadShapeAsync(string database, AlertShape shape, IReadOnlyList<AlertRule> rules, DateTimeOffset tick, AlertReadings readings, CancellationToken cancel)
    {
        try
        {
            await foreach (var (rule, group, reader) in RowsAsync(database, AlertAggregate.Values(shape, rules, tick), rules, cancel))
            {
                var value = reader.GetValue(reader.GetOrdinal("value"));
                readings.Add(rule.Id, new AlertReading(group, value is DBNull ? null : Convert.ToDouble(value), Convert.ToInt64(reader.GetValue(reader.GetOrdinal("requests")))));
            }
        }
        catch (Exception error) when (IsOwnFault(error) && rules.Count > 1)
        {
            foreach (var half in rules.Chunk((rules.Count + 1) / 2)) // halved until the one at fault stands alone
            {
                await ReadShapeAsync(database, shape, half, tick, readings, cancel);
            }
        }
        catch (Exception error) when (IsOwnFault(error))
        {
            readings.Fail(rules[0].Id, error.Message);
        }

        foreach (var rule in rules.Where(rule => readings.Of(rule.Id).Count > AlertAggregate.MostGroups))
        {
            readings.Fail(rule.Id, $"The rule has more than {AlertAggregate.MostGroups} groups.");
        }
    }

    /// <summary>The worst request of each rule's window, by rule and group; rules of metrics that a single request does not have are left out.</summary>
    public async Task<IReadOnlyDictionary<(Guid AlertId, string GroupKey), WorstRequest>> WorstAsync(string database, IReadOnlyList<AlertRule> rules, DateTimeOffset tick,
        CancellationToken cancel)
    {
        var worst = new Dictionary<(Guid, string), WorstRequest>();
        var shapes = rules.DistinctBy(rule => rule.Id).Where(rule => MetricCatalogue.Find(rule.Metric).RowSql is not null)
            .GroupBy(rule => (AlertShape.Of(rule), rule.Comparator.IsBelow()));
        foreach (var shape in shapes)
        {
            var members = shape.ToList();
            try
            {
                await foreach (var (rule, group, reader) in RowsAsync(database, AlertAggregate.Worst(shape.Key.Item1, members, tick), members, cancel))
                {
                    worst[(rule.Id, group)] = new WorstRequest(reader.GetString(reader.GetOrdinal("worst_request")), reader.GetString(reader.GetOrdinal("worst_server")));
                }
            }
            catch (Exception error) when (IsOwnFault(error))
            {
                LogNoWorst(error, members.Count); // an episode without its worst request is better than none
            }
        }

        return worst;
    }

    private async IAsyncEnumerable<(AlertRule Rule, string GroupKey, DbDataReader Row)> RowsAsync(string database, TelemetryQuery query, IReadOnlyList<AlertRule> rules,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using var reader = await telemetry.ReadAsync(AccessScope.ForEvaluator(database), query, cancel);
        while (await reader.ReadAsync(cancel))
        {
            var rule = rules[Convert.ToInt32(reader.GetValue(reader.GetOrdinal("rule_number")))];
            var values = Enumerable.Range(0, rule.GroupBy.Count).Select(i => reader.GetString(reader.GetOrdinal($"group_{i}"))).ToList();
            yield return (rule, AlertGroup.Key(rule.GroupBy, values), reader);
        }
    }

    /// <summary>Not the store's: the query itself is refused or too large.</summary>
    private static bool IsOwnFault(Exception error) => error is SreException { Kind: not SreErrorKind.Unavailable } or DbException;

    [LoggerMessage(LogLevel.Warning, "The worst requests of {Count} rules could not be read")]
    private partial void LogNoWorst(Exception error, int count);
}
