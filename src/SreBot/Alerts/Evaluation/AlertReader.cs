using System.Data.Common;
using SreBot.Alerts.Rules;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Alerts.Evaluation;

/// <summary>Reads what all rules of a telemetry database want to know at a tick, in a handful of queries.</summary>
internal sealed partial class AlertReader(ITelemetryStore telemetry, ILogger<AlertReader> log)
{
    /// <summary>Parameters travel in a URL, where a server is connected.</summary>
    private const int RulesAQuery = 2000;

    private const int ManyRules = 20_000;

    private readonly AlertMirror mirror = new(telemetry);

    /// <summary>What the held rules of a set need for their verdicts: of a rule without groups a reading wherever there are requests; of a rule with groups its open groups and those
    /// that may breach. The value is left out where it is not needed (<see cref="AlertReading.Decided"/>). Windows past a day are read on the hour.</summary>
    /// <param name="open">Rules and groups that are not at rest.</param>
    /// <exception cref="SreException">Unavailable, when the store cannot be reached.</exception>
    public async Task<AlertReadings> ReadAsync(AlertRuleSet set, DateTimeOffset tick, IReadOnlyCollection<(Guid AlertId, string GroupKey)> open, CancellationToken cancel)
    {
        var isOpen = new bool[set.Rules.Count];
        foreach (var (alert, _) in open)
        {
            if (set.NumberOf(alert) is { } number)
                isOpen[number] = true;
        }

        var isFirst = set.Memory is { MirrorKey: null, IsFirst: true };
        for (var attempt = 0; attempt < 2 && mirror.IsPossible(set.Database) && await mirror.WriteAsync(set, tick, cancel); attempt++)
        {
            var readings = await new AlertReadingPass(telemetry, set, tick, isOpen, isMirrored: true).RunAsync(cancel);
            if (await mirror.IsWholeAsync(set, cancel))
            {
                if (isFirst && set.Rules.Count > ManyRules)
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive); // loading them took several times what keeping them takes
                return readings;
            }

            set.Memory.ForgetMinutes();
            LogNotWhole(set.Version);
        }

        return await new AlertReadingPass(telemetry, set, tick, isOpen, isMirrored: false).RunAsync(cancel);
    }

    /// <summary>The worst request of each rule's window, by rule and group; rules of metrics that a single request does not have are left out.</summary>
    public async Task<IReadOnlyDictionary<(Guid AlertId, string GroupKey), WorstRequest>> WorstAsync(string database, IReadOnlyList<AlertRule> rules, DateTimeOffset tick,
        CancellationToken cancel)
    {
        var worst = new Dictionary<(Guid, string), WorstRequest>();
        var distinct = rules.DistinctBy(rule => rule.Id).Where(rule => rule.Measure.Metric.RowSql is not null).Select(rule => rule with { ShortWindow = null }).ToList();
        var plan = AlertPlan.Of(distinct, needs => telemetry.Require(database, needs));
        foreach (var (query, probes) in plan.Queries.SelectMany(query => query.Probes.Chunk(RulesAQuery).Select(probes => (query, probes))))
        {
            await WorstAsync(database, plan, AlertWorst.Of(AlertAsk.Of(query, tick).Raw([]) with { Probes = probes }), worst, probes.Length, cancel);
        }

        return worst;
    }

    private async Task WorstAsync(string database, AlertPlan plan, TelemetryQuery query, Dictionary<(Guid, string), WorstRequest> worst, int count, CancellationToken cancel)
    {
        try
        {
            await using var reader = await telemetry.ReadAsync(AccessScope.ForEvaluator(database), query, cancel);
            while (await reader.ReadAsync(cancel))
            {
                var rule = plan.Probes[(int)reader.GetFieldValue<uint>(0)]!.Rule;
                var values = Enumerable.Range(0, rule.GroupBy.Count).Select(i => reader.GetString(reader.GetOrdinal($"group_{i}"))).ToList();
                worst[(rule.Id, AlertGroup.Key(rule.GroupBy, values))] = new WorstRequest(reader.GetString(reader.GetOrdinal("worst_request")), reader.GetString(reader.GetOrdinal("worst_server")));
            }
        }
        catch (Exception error) when (AlertReadingPass.IsOwnFault(error))
        {
            LogNoWorst(error, count); // an episode without its worst request is better than none
        }
    }

    [LoggerMessage(LogLevel.Warning, "The worst requests of {Count} rules could not be read")]
    private partial void LogNoWorst(Exception error, int count);

    [LoggerMessage(LogLevel.Warning, "The mirror of the rule book's version {Version} went away while it was read; it is written again")]
    private partial void LogNotWhole(long version);
}
