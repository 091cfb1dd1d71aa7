using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Alerts.Evaluation;

/// <summary>Brings <see cref="AlertMinutes"/> up to a tick: reads the minutes that are new or have changed, and windows that are new to it whole.</summary>
/// <param name="complete">Adds to an ask what it needs of those probes; null: of all of its query.</param>
internal sealed class AlertMinutesReader(ITelemetryStore telemetry, string database, AlertPlan plan, Func<AlertAsk, IReadOnlyList<AlertProbe>?, AlertAsk> complete)
{
    /// <summary>An answer is held in memory.</summary>
    private const int RowsAnAnswer = 300_000;

    /// <returns>How many queries it took.</returns>
    /// <exception cref="OverflowException">A minute has too many requests to be remembered.</exception>
    public async Task<int> ReadAsync(AlertAsk ask, AlertMinutes minutes, CancellationToken cancel)
    {
        var now = await SumsAsync(ask, cancel); // before the minutes, which may hold more than it says: then they are read again
        var stale = minutes.Turn(ask.Tick, now);
        var queries = 1 + await ReadAsync(ask, stale, minutes, null, cancel);
        if (minutes.Strangers.Count > 0)
            queries += await ReadAsync(ask, [.. now.Keys], minutes, minutes.Strangers, cancel);

        minutes.Know(stale, now);
        return queries;
    }

    private async Task<Dictionary<DateTimeOffset, ulong>> SumsAsync(AlertAsk ask, CancellationToken cancel)
    {
        var sums = new Dictionary<DateTimeOffset, ulong>();
        await using var reader = await telemetry.ReadAsync(AccessScope.ForEvaluator(database), AlertAggregate.Sums(ask), cancel);
        while (reader.Read())
        {
            sums[reader.GetFieldValue<DateTimeOffset>(0)] = reader.GetFieldValue<ulong>(1);
        }

        return sums;
    }

    private async Task<int> ReadAsync(AlertAsk ask, IReadOnlyList<DateTimeOffset> some, AlertMinutes minutes, IReadOnlyList<AlertProbe>? probes, CancellationToken cancel)
    {
        var parts = some.Chunk(Math.Max(1, RowsAnAnswer / (probes ?? ask.Query.Probes).Count)).ToList();
        foreach (var few in parts)
        {
            await using var reader = await telemetry.ReadAsync(AccessScope.ForEvaluator(database), AlertAggregate.Minutes(complete(ask, probes), few), cancel);
            while (reader.Read())
            {
                minutes.Put(plan.Probes[(int)reader.GetFieldValue<uint>(0)]!, reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<ulong>(2), reader.GetFieldValue<double>(3),
                    reader.GetFieldValue<double>(4));
            }
        }

        return parts.Count;
    }
}
