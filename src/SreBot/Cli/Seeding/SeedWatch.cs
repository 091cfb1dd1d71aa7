using SreBot.Alerts.Rules;
using SreBot.Alerts.States;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Cli.Seeding;

/// <summary>Evaluates a rule over written telemetry as the evaluator would have, tick by tick: who opens an incident this way knows no cause, only a symptom.</summary>
internal sealed class SeedWatch(ITelemetryStore store, string database)
{
    private static readonly TimeSpan Past = TimeSpan.FromHours(2);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <returns>The first episode that began within the stretch; null: the rule would have kept silent.</returns>
    public async Task<SeedEpisode?> FirstAsync(SeedRule rule, TimeWindow when, IReadOnlyList<string> projects, CancellationToken cancel)
    {
        var from = when.From.Floor(Minute);
        var usual = await ReadAsync(rule, new TimeWindow(from - Past, from), cancel);
        if (usual.Count == 0)
            return null;

        var alert = rule.With([.. usual.GroupBy(tick => tick.Group).Select(group => group.Average(tick => tick.Value))], projects);
        var ticks = await ReadAsync(rule, new TimeWindow(from - alert.Window, when.To.AddMinutes(30)), cancel);
        return ticks.GroupBy(tick => tick.Group).Select(group => Episode(alert, group.Key, [.. group], when)).OfType<SeedEpisode>()
            .OrderBy(episode => episode.TriggeredAt).ThenByDescending(episode => Math.Abs(Math.Log(episode.Value / alert.Threshold))).FirstOrDefault();
    }

    private static SeedEpisode? Episode(AlertRule rule, string group, List<Tick> ticks, TimeWindow when)
    {
        var state = AlertState.New(ticks[0].At - Minute);
        SeedEpisode? episode = null;
        foreach (var tick in ticks)
        {
            (state, var transition) = AlertStateMachine.Next(rule, state, AlertVerdict.Of(rule, tick.Value, tick.Count), tick.Value, tick.At);
            if (episode is null && transition?.To == AlertPhase.Triggered && tick.At > when.From && tick.At <= when.To)
                episode = new SeedEpisode(rule, rule.GroupBy.Count == 0 ? null : group, tick.Value, tick.At, null);
            else if (episode is not null && transition?.To == AlertPhase.Resolved)
                return episode with { ResolvedAt = tick.At };
        }

        return episode;
    }

    /// <summary>A window of five minutes for each tick, per value of the rule's dimension.</summary>
    private async Task<List<Tick>> ReadAsync(SeedRule rule, TimeWindow window, CancellationToken cancel)
    {
        var group = rule.By is null ? "''" : $"toString({MetricQueries.Column(rule.By)})";
        var sql = $$"""
            SELECT {{group}} AS entity, toDateTime64(toStartOfMinute(timestamp), 3, 'UTC') + toIntervalMinute(arrayJoin(range(1, 6))) AS tick,
                {{MetricCatalogue.Find(rule.Metric).Aggregate(rule.Aggregate).RequestSql}} AS value, count() AS request_count
            FROM {database:Identifier}.request
            WHERE /*scope*/ AND timestamp >= {from:DateTime64(3)} AND timestamp < {to:DateTime64(3)}
            GROUP BY entity, tick
            HAVING tick >= {first:DateTime64(3)} AND tick <= {to:DateTime64(3)}
            ORDER BY entity, tick
            """;
        var parameters = new Dictionary<string, object?> { ["from"] = window.From, ["to"] = window.To, ["first"] = window.From.AddMinutes(5) };
        await using var reader = await store.ReadAsync(AccessScope.ForEvaluator(database), new TelemetryQuery(sql, parameters), cancel);
        var ticks = new List<Tick>();
        while (await reader.ReadAsync(cancel))
        {
            if (reader.GetValue(2) is not DBNull)
                ticks.Add(new Tick(reader.GetString(0), new DateTimeOffset(DateTime.SpecifyKind(reader.GetDateTime(1), DateTimeKind.Utc)), Convert.ToDouble(reader.GetValue(2)), Convert.ToInt64(reader.GetValue(3))));
        }

        return ticks;
    }

    private sealed record Tick(string Group, DateTimeOffset At, double Value, long Count);
}
