using Microsoft.Extensions.Options;
using SreBot.Alerts.Rules;
using SreBot.Alerts.States;
using SreBot.Delivery;

namespace SreBot.Alerts.Evaluation;

/// <summary>Evaluates every minute that is complete, in order: few reads for all rules of the shards that it holds, then one transaction a shard. Run twice, it does the
/// same as once. One pass at a time.</summary>
internal sealed partial class AlertEvaluator(AlertShardStore shards, AlertBookStore books, AlertIngest ingest, AlertReader reader, AlertTickStore ticks, OutboxSignal signal,
    AlertMeters meters, IOptions<AlertOptions> options, TimeProvider time, ILogger<AlertEvaluator> log)
{
    /// <summary>How often a tick is tried in one pass while people edit rules.</summary>
    private const int Tries = 4;

    /// <summary>Names this evaluator among replicas.</summary>
    private readonly string holder = Guid.NewGuid().ToString("N");

    private readonly AlertBook book = new();

    private readonly SelfAlertWatch self = new(ingest);

    /// <summary>One pass.</summary>
    /// <exception cref="Model.SreException">Unavailable: a store does not answer; what is due stays due.</exception>
    public async Task<AlertPass> EvaluateAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var leases = await HoldAsync(cancel);
        if (leases.Count == 0)
        {
            return AlertPass.Nothing;
        }

        var frontiers = await FrontiersAsync(leases, now, cancel);
        var pass = AlertPass.Nothing;
        var tries = 0;
        while (AlertDue.Next(leases, frontiers.At, options.Value.CatchUp) is { } due && tries < Tries)
        {
            var (done, again, notices) = await TickAsync(due, frontiers, now, cancel);
            pass = new AlertPass(pass.Ticks + (done.Count > 0 ? 1 : 0), pass.Notices + notices);
            if (done.Count == 0 && !again)
            {
                break; // the next pass reads anew what is written
            }

            tries = again ? tries + 1 : 0;
            leases = [.. leases.Select(lease => done.Contains(lease.Shard) ? lease with { LastTick = due.Tick } : lease)];
            if (AlertDue.Next(leases, frontiers.At, options.Value.CatchUp) is not null)
            {
                leases = await HoldAsync(cancel);
            }
        }

        return pass;
    }

    /// <summary>Leaves the rules to other replicas at once.</summary>
    public Task LeaveAsync(CancellationToken cancel) => shards.LeaveAsync(holder, cancel);

    /// <summary>Renews the leases, takes its fair share, and brings the rules in memory up to date.</summary>
    private async Task<IReadOnlyList<AlertLease>> HoldAsync(CancellationToken cancel)
    {
        var leases = await shards.TakeAsync(holder, options.Value.Lease, cancel);
        await books.RefreshAsync(book, leases, cancel);
        meters.Hold(leases.Count, book.RuleCount);
        return leases;
    }

    private async Task<AlertFrontiers> FrontiersAsync(IReadOnlyList<AlertLease> leases, DateTimeOffset now, CancellationToken cancel)
    {
        var oldest = leases.Min(lease => lease.LastTick);
        var frontiers = new Dictionary<string, AlertFrontier>();
        foreach (var database in book.Head.Databases)
        {
            frontiers[database] = await ingest.FrontierAsync(database, oldest, now, options.Value, cancel);
        }

        return AlertFrontiers.Of(frontiers, now, options.Value);
    }

    /// <returns>The shards that passed the tick, whether a try again may help the others, and how many notices went out.</returns>
    private async Task<(IReadOnlySet<int> Done, bool Again, int Notices)> TickAsync(AlertDue due, AlertFrontiers frontiers, DateTimeOffset now, CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        await using var renewal = new AlertRenewal(shards, holder, options.Value.Lease, time);
        var read = await ReadAsync(due, frontiers, cancel);
        var own = due.Leases.Any(lease => lease.Shard == 0) ? await self.LookAsync(book.Head, frontiers, due.Leases.Any(lease => due.Tick <= lease.BegunAt), due.Tick, now, cancel) : [];
        var writes = due.Leases.Select(lease => AlertDecision.Of(due, lease, book, read, own, frontiers.At, options.Value.DigestAfter)).ToList();
        await AddWorstAsync(due, writes, cancel);
        var commits = await Task.WhenAll(writes.Select(write => CommitAsync(write, cancel)));
        Pass(writes, commits);
        var done = writes.Where((_, i) => commits[i] == AlertCommit.Done).ToList();
        if (done.Count > 0)
        {
            signal.Set();
            meters.Ticked(done.Count, time.GetElapsedTime(start), now - due.Tick, read.Sum(entry => entry.Readings.Queries));
        }

        return (done.Select(write => write.Lease.Shard).ToHashSet(), commits.Contains(AlertCommit.RulesChanged), done.Sum(write => write.Changes.Count(change => change.Notice != AlertNotice.None)));
    }

    private async Task<List<AlertRead>> ReadAsync(AlertDue due, AlertFrontiers frontiers, CancellationToken cancel)
    {
        var held = due.Leases.Select(lease => lease.Shard).ToList();
        var watched = book.Watched(held);
        var read = new List<AlertRead>();
        foreach (var (database, frontier) in frontiers.ByDatabase)
        {
            var set = book.Set(database, held);
            var isTimedOut = frontier.IsEmpty(due.Tick);
            var readings = isTimedOut || set.Rules.Count == 0 ? new AlertReadings() : await reader.ReadAsync(set, due.Tick, watched, cancel);
            foreach (var (alert, why) in readings.Failures)
            {
                LogRuleFailed(alert, due.Tick, why);
            }

            read.Add(new AlertRead(database, readings, isTimedOut));
        }

        return read;
    }

    private async Task AddWorstAsync(AlertDue due, List<AlertTickWrite> writes, CancellationToken cancel)
    {
        // A rule that its error policy triggered may name what the catalogue does not know.
        var opening = writes.SelectMany(write => write.Changes).Where(change => change.Opens && change.Verdict != Verdict.Error).ToLookup(change => book.Shards[AlertShards.Of(change.Rule.Id)].Slots[change.Rule.Id].Database, change => change.Rule);
        var worst = new Dictionary<(Guid, string), WorstRequest>();
        foreach (var database in opening)
        {
            foreach (var (key, request) in await reader.WorstAsync(database.Key, [.. database], due.Tick, cancel))
            {
                worst[key] = request;
            }
        }

        for (var i = 0; i < writes.Count; i++)
        {
            writes[i] = writes[i] with { Worst = worst };
        }
    }

    private async Task<AlertCommit> CommitAsync(AlertTickWrite write, CancellationToken cancel)
    {
        try
        {
            return await ticks.CommitAsync(write, options.Value.Lease, cancel);
        }
        catch (Exception error) when (error is Npgsql.NpgsqlException or IOException or Model.SreException)
        {
            LogNotCommitted(error, write.Lease.Shard, write.Tick);
            return AlertCommit.Unknown;
        }
    }

    /// <summary>What was committed becomes what is known; what may have been committed is read again.</summary>
    private void Pass(List<AlertTickWrite> writes, AlertCommit[] commits)
    {
        foreach (var (write, commit) in writes.Zip(commits))
        {
            if (commit == AlertCommit.Done)
            {
                Pass(write);
            }
            else
            {
                LogAbandoned(write.Tick, write.Lease.Shard, commit);
                if (commit != AlertCommit.RulesChanged)
                {
                    book.Drop(write.Lease.Shard);
                }
            }
        }
    }

    private void Pass(AlertTickWrite write)
    {
        book.Shards[write.Lease.Shard].Pass(write);
        foreach (var change in write.Changes.Where(change => change.Transition is not null))
        {
            meters.Moved(AlertNames.Of(change.After.Phase));
        }

        foreach (var skip in write.SelfAlerts.Where(change => change.Skipped > 0).Take(1))
        {
            meters.Skipped(skip.Skipped);
            LogSkipped(skip.Skipped, write.Tick, write.Lease.Shard);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} minutes were too far back to be evaluated and are skipped; evaluation of the shard {Shard} goes on at {Tick}")]
    private partial void LogSkipped(int count, DateTimeOffset tick, int shard);

    [LoggerMessage(LogLevel.Information, "The tick {Tick} of the shard {Shard} was not committed ({Why}); it is looked at again")]
    private partial void LogAbandoned(DateTimeOffset tick, int shard, AlertCommit why);

    [LoggerMessage(LogLevel.Warning, "The tick {Tick} of the shard {Shard} could not be written")]
    private partial void LogNotCommitted(Exception error, int shard, DateTimeOffset tick);

    [LoggerMessage(LogLevel.Warning, "The rule {Alert} could not be evaluated at {Tick}: {Why}")]
    private partial void LogRuleFailed(Guid alert, DateTimeOffset tick, string why);
}
