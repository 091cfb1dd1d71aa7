using Microsoft.Extensions.Options;
using SreBot.Alerts.States;
using SreBot.Delivery;

namespace SreBot.Alerts.Evaluation;

/// <summary>Evaluates every minute that is complete, in order: few reads for all rules, then one transaction a minute. Run twice, it does the same as once.</summary>
internal sealed partial class AlertEvaluator(AlertShardStore shards, AlertBookStore books, AlertReader reader, AlertTickStore ticks, OutboxSignal signal,
    IOptions<AlertOptions> options, ILogger<AlertEvaluator> log)
{
    /// <summary>One shard for now.</summary>
    private const int Shard = 0;

    /// <summary>Names this evaluator among replicas.</summary>
    private readonly string holder = Guid.NewGuid().ToString("N");

    /// <summary>One pass.</summary>
    /// <exception cref="Model.SreException">Unavailable: a store does not answer; what is due stays due.</exception>
    public async Task<AlertPass> EvaluateAsync(DateTimeOffset now, CancellationToken cancel)
    {
        if (await shards.AcquireAsync(Shard, holder, options.Value.Lease, cancel) is not { } lease)
        {
            return AlertPass.Nothing;
        }

        var frontiers = new Dictionary<string, AlertFrontier>();
        foreach (var database in (await books.LoadAsync(lease.LastTick, cancel)).ByDatabase.Keys)
        {
            frontiers[database] = await reader.FrontierAsync(database, now, options.Value, cancel);
        }

        var due = AlertFrontier.Due(lease.LastTick, frontiers.Count == 0 ? Idle(now) : frontiers.Values.Min(frontier => frontier.At), options.Value.CatchUp, out var skipped);
        if (skipped > 0)
        {
            LogSkipped(skipped, due[0]);
        }

        return await EvaluateAsync(lease, due, frontiers, cancel);
    }

    /// <summary>Without rules time passes all the same, so that the first one starts now and not where the last one ended.</summary>
    private DateTimeOffset Idle(DateTimeOffset now) => AlertFrontier.Of(newest: null, now, options.Value).At;

    private async Task<AlertPass> EvaluateAsync(AlertLease lease, IReadOnlyList<DateTimeOffset> due, Dictionary<string, AlertFrontier> frontiers, CancellationToken cancel)
    {
        var pass = AlertPass.Nothing;
        foreach (var tick in due)
        {
            var (commit, notices) = await EvaluateAsync(lease, tick, frontiers, cancel);
            if (commit != AlertCommit.Done)
            {
                LogAbandoned(tick, commit);
                return pass; // the next pass reads everything anew
            }

            lease = lease with { LastTick = tick };
            pass = new AlertPass(pass.Ticks + 1, pass.Notices + notices);
            if (notices > 0)
            {
                signal.Set();
            }
        }

        return pass;
    }

    private async Task<(AlertCommit Commit, int Notices)> EvaluateAsync(AlertLease lease, DateTimeOffset tick, Dictionary<string, AlertFrontier> frontiers, CancellationToken cancel)
    {
        var book = await books.LoadAsync(lease.LastTick, cancel);
        var changes = new List<AlertChange>();
        var worst = new Dictionary<(Guid, string), WorstRequest>();
        foreach (var (database, rules) in book.ByDatabase.Where(entry => frontiers.ContainsKey(entry.Key)))
        {
            var isTimedOut = tick > frontiers[database].Complete;
            var readings = isTimedOut ? new AlertReadings() : await reader.ReadAsync(database, [.. rules.Where(rule => rule.IsDue(tick))], tick, cancel);
            foreach (var (alert, why) in readings.Failures)
            {
                LogRuleFailed(alert, tick, why);
            }

            var decided = AlertTick.Decide(rules, book.States, readings, [.. book.Silences.SelectMany(group => group)], tick, isTimedOut);
            foreach (var (key, request) in await reader.WorstAsync(database, [.. decided.Where(change => change.Opens).Select(change => change.Rule)], tick, cancel))
            {
                worst[key] = request;
            }

            changes.AddRange(decided);
        }

        return (await ticks.CommitAsync(lease, tick, options.Value.Lease, changes, worst, cancel), changes.Count(change => change.Notice != AlertNotice.None));
    }

    [LoggerMessage(LogLevel.Warning, "{Count} minutes were too far back to be evaluated and are skipped; evaluation goes on at {Tick}")]
    private partial void LogSkipped(int count, DateTimeOffset tick);

    [LoggerMessage(LogLevel.Information, "The tick {Tick} was not committed ({Why}); it is looked at again")]
    private partial void LogAbandoned(DateTimeOffset tick, AlertCommit why);

    [LoggerMessage(LogLevel.Warning, "The rule {Alert} could not be evaluated at {Tick}: {Why}")]
    private partial void LogRuleFailed(Guid alert, DateTimeOffset tick, string why);
}
