using System.Data.Common;
using Microsoft.Extensions.Options;
using SreBot.Alerts.Evaluation;
using SreBot.Alerts.Rules;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Alerts.Backtests;

/// <summary>Reads what a back-test needs: the windows' values in one query, and, where the rule's own requests leave a gap, when any request came at all.</summary>
internal sealed class BacktestReader(ITelemetryStore telemetry, IOptions<AlertOptions> options)
{
    /// <summary>More values than these, over all groups and ticks, are too many to hold.</summary>
    private const long MostValues = 6_000_000;

    /// <exception cref="SreException">Invalid: too many groups, or more than a read may look through; Unavailable.</exception>
    public async Task<BacktestData> ReadAsync(BacktestPlan plan, CancellationToken cancel)
    {
        var ticks = plan.Ticks();
        var query = plan.IsAdditive ? BacktestQuery.Series(plan) : BacktestQuery.At(plan, ticks);
        var series = plan.IsAdditive ? await SeriesAsync(plan, query, cancel) : await DenseAsync(plan, query, cancel);
        if (series.Count > AlertAggregate.MostGroups)
            throw new SreException(SreErrorKind.Invalid, $"The rule has more than {AlertAggregate.MostGroups} groups in that time; name fewer projects, or a condition with where.");

        return new BacktestData(plan, series, ticks, await TimedOutAsync(plan, series, ticks, cancel), telemetry.Prepare(plan.Scope, query).Sql);
    }

    private async Task<IReadOnlyList<BacktestSeries>> SeriesAsync(BacktestPlan plan, TelemetryQuery query, CancellationToken cancel)
    {
        var all = new List<BacktestSeries>();
        var values = 0L;
        await using var reader = await telemetry.ReadAsync(plan.Scope, query, cancel);
        while (await reader.ReadAsync(cancel))
        {
            var one = Series(plan, reader);
            if ((values += one.Ticks.Count) > MostValues)
                throw new SreException(SreErrorKind.Invalid, "The rule has too many groups for so long a time; ask for fewer days, fewer projects, or a condition with where.");

            if (one.Ticks.Count > 0)
                all.Add(one);
        }

        return [.. all.OrderBy(one => one.GroupKey, StringComparer.Ordinal)];
    }

    private static BacktestSeries Series(BacktestPlan plan, DbDataReader reader)
    {
        T[] List<T>(string column) => reader.GetFieldValue<T[]>(reader.GetOrdinal(column));
        var (ticks, values, nulls, counts, news, shares) = (List<uint>("ticks"), List<double>("tick_values"), List<byte>("nulls"), List<ulong>("counts"), List<byte>("news"), List<double>("shares"));
        var order = Enumerable.Range(0, ticks.Length).ToArray();
        Array.Sort([.. ticks], order);
        return new BacktestSeries(Key(plan, reader), Array.ConvertAll(order, i => (long)ticks[i]), Array.ConvertAll(order, i => nulls[i] != 0 ? null : InUnit(plan, values[i])),
            Array.ConvertAll(order, i => (long)counts[i]), Array.ConvertAll(order, i => news[i] != 0), Array.ConvertAll(order, i => shares[i]));
    }

    private static double? InUnit(BacktestPlan plan, double value) => plan.Marks is { } marks ? marks.Stand((int)value) : plan.Rule.Value(value);

    private static string Key(BacktestPlan plan, DbDataReader reader) =>
        AlertGroup.Key(plan.Rule.GroupBy, [.. Enumerable.Range(0, plan.Rule.GroupBy.Count).Select(i => reader.GetString(reader.GetOrdinal($"group_{i}")))]);

    /// <summary>A metric that does not add up: each tick's window for itself.</summary>
    private async Task<IReadOnlyList<BacktestSeries>> DenseAsync(BacktestPlan plan, TelemetryQuery query, CancellationToken cancel)
    {
        var rows = new List<(string Key, long Tick, double? Value, long Count)>();
        await using var reader = await telemetry.ReadAsync(plan.Scope, query, cancel);
        while (await reader.ReadAsync(cancel))
        {
            var value = reader.GetValue(reader.GetOrdinal("value"));
            rows.Add((Key(plan, reader), Convert.ToInt64(reader.GetValue(reader.GetOrdinal("tick"))), plan.Rule.Value(value is DBNull ? null : Convert.ToDouble(value)),
                Convert.ToInt64(reader.GetValue(reader.GetOrdinal("requests")))));
        }

        return [.. rows.GroupBy(row => row.Key).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
        {
            var own = group.OrderBy(row => row.Tick).ToList();
            return new BacktestSeries(group.Key, [.. own.Select(row => row.Tick)], [.. own.Select(row => row.Value)], [.. own.Select(row => row.Count)], [.. own.Select(_ => false)],
                [.. own.Select(_ => 0.0)], IsDense: true);
        })];
    }

    /// <summary>A minute was passed by time-out, and nobody knows what was in it, when no request of the whole database ended in it or until the evaluator waited no longer (<see cref="AlertFrontier.IsEmpty"/>).
    /// Only ticks around which the rule has no request of its own are looked at.</summary>
    private async Task<bool[]> TimedOutAsync(BacktestPlan plan, IReadOnlyList<BacktestSeries> series, IReadOnlyList<DateTimeOffset> ticks, CancellationToken cancel)
    {
        var timedOut = new bool[ticks.Count];
        var news = series.SelectMany(one => one.Ticks.Where((_, i) => one.News[i])).ToHashSet();
        var minutes = (int)Math.Ceiling(options.Value.Timeout.TotalMinutes);
        var doubtful = Enumerable.Range(0, ticks.Count).Where(i => !Enumerable.Range(0, minutes + 1).Any(minute => news.Contains(ticks[i].AddMinutes(minute).ToUnixTimeSeconds()))).ToList();
        if (doubtful.Count == 0)
            return timedOut;

        var arrived = await ArrivalsAsync(plan, new TimeWindow(ticks[doubtful[0]].AddMinutes(-1), ticks[doubtful[^1]] + options.Value.Timeout), cancel);
        foreach (var i in doubtful)
        {
            timedOut[i] = !Enumerable.Range(-1, minutes + 1).Any(minute => arrived.Contains(ticks[i].AddMinutes(minute).ToUnixTimeSeconds()));
        }

        return timedOut;
    }

    /// <summary>The minutes in which a request came, whoever's it is: that anything came is all that it tells.</summary>
    private async Task<HashSet<long>> ArrivalsAsync(BacktestPlan plan, TimeWindow window, CancellationToken cancel)
    {
        var minutes = new HashSet<long>();
        await using var reader = await telemetry.ReadAsync(AccessScope.ForEvaluator(plan.Scope.TelemetryDatabase), BacktestQuery.Arrivals(window), cancel);
        while (await reader.ReadAsync(cancel))
        {
            minutes.Add(Convert.ToInt64(reader.GetValue(0)));
        }

        return minutes;
    }
}
