using System.Data.Common;
using SreBot.Alerts.Rules;
using SreBot.Alerts.States;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Telemetry.Sources;

namespace SreBot.Alerts.Evaluation;

/// <summary>One reading of a rule set at one tick.</summary>
/// <param name="open">By the rule's number: its values are wanted, whatever they are. Null: those of all.</param>
internal sealed class AlertReadingPass(ITelemetryStore telemetry, AlertRuleSet set, DateTimeOffset tick, bool[]? open, bool isMirrored)
{
    /// <summary>Parameters travel in a URL, where a server is connected.</summary>
    private const int RulesAQuery = 2000;

    private const int NumbersAQuery = 10_000;

    private readonly AlertReadings readings = new(set);
    private readonly AlertReadings shorts = new(set);
    private readonly AlertPlan plan = set.Memory.Plan(set, telemetry);

    /// <exception cref="SreException">Unavailable, when the store cannot be reached.</exception>
    public async Task<AlertReadings> RunAsync(CancellationToken cancel)
    {
        foreach (var (number, why) in plan.Refused)
        {
            readings.Fail(set.Rules[number].Id, why);
        }

        foreach (var query in plan.Queries.Where(IsDue))
        {
            await ReadAsync(query, cancel);
        }

        foreach (var number in plan.Paired)
        {
            readings.Set(number, AlertPair.Lesser(readings.Of(number), shorts.Of(number)));
        }

        return readings;
    }

    /// <summary>Not the store's: the query itself is refused or too large.</summary>
    public static bool IsOwnFault(Exception error) => error is SreException { Kind: not SreErrorKind.Unavailable } or DbException;

    /// <summary>Of a set, long windows are read on the hour.</summary>
    private bool IsDue(AlertQuery query) => open is null || !query.Shape.IsHourly || IsOnTheHour;

    private bool IsOnTheHour => tick.UtcTicks % TimeSpan.TicksPerHour == 0;

    private async Task ReadAsync(AlertQuery query, CancellationToken cancel)
    {
        var ask = AlertAsk.Of(query, tick);
        if (query.Shape.IsRemembered && isMirrored && !query.Probes.Any(probe => Poisoned.Contains(probe.Number)) && await RememberAsync(ask, cancel))
            return;

        if (query.Shape.IsHourly && !IsOnTheHour)
            ask = ask.Raw(query.Aggregates);

        if (query.Shape.IsPercentile && (open is null || ask.IsRaw))
        {
            await ReadRawAsync(query, [.. query.Probes.Where(IsHeld)], cancel);
            return;
        }

        var reader = new AlertAnswer(query, readings, shorts, open);
        await AskAsync(ask, reader, cancel);
        if (query.Shape.IsPercentile)
            await ReadRawAsync(query, reader.Undecided, cancel);
    }

    /// <returns>False: something is at fault, which a read of the whole finds out.</returns>
    private async Task<bool> RememberAsync(AlertAsk ask, CancellationToken cancel)
    {
        var minutes = set.Memory.Minutes(ask.Query, set.Shards);
        try
        {
            readings.Queries += await new AlertMinutesReader(telemetry, set.Database, plan, Complete).ReadAsync(ask, minutes, cancel);
        }
        catch (Exception error) when (IsOwnFault(error) || error is OverflowException)
        {
            minutes.Forget();
            return false;
        }

        foreach (var probe in ask.Query.Probes)
        {
            if (minutes.Of(probe) is not { Requests: > 0 } seen)
                continue;

            var value = probe.InUnit(seen.Value);
            if (!open![probe.RuleNumber] && probe.Rule.ShortWindow is null && AlertVerdict.Of(probe.Rule, value, seen.Requests) == Verdict.Clear)
                readings.AddClear(probe.RuleNumber);
            else
                (probe.IsShort ? shorts : readings).Add(probe.RuleNumber, new AlertReading("", value, seen.Requests));
        }

        return true;
    }

    /// <summary>The values of percentiles, which only single requests tell; finding the requests takes most of the time, so that all are asked for at once.</summary>
    private async Task ReadRawAsync(AlertQuery query, IReadOnlyList<AlertProbe> probes, CancellationToken cancel)
    {
        if (probes.Count == 0)
            return;

        foreach (var probe in probes)
        {
            (probe.IsShort ? shorts : readings).Set(probe.RuleNumber, []);
        }

        var isOne = probes.All(probe => probe.Value == probes[0].Value);
        var ask = AlertAsk.Of(query, tick).Raw(isOne ? [query.Aggregates[probes[0].Value]] : query.Aggregates);
        await AskAsync(ask, probes, isMirrored ? NumbersAQuery : RulesAQuery, new AlertAnswer(query, readings, shorts, null), cancel);
    }

    private bool IsHeld(AlertProbe probe) => set.Holds(probe.Rule.Id);

    /// <summary>All of the query that are held.</summary>
    private async Task AskAsync(AlertAsk ask, AlertAnswer answer, CancellationToken cancel)
    {
        if (!isMirrored)
        {
            await AskAsync(ask, [.. ask.Query.Probes.Where(IsHeld)], RulesAQuery, answer, cancel);
            return;
        }

        var alone = Poisoned.Count == 0 ? [] : ask.Query.Probes.Where(probe => Poisoned.Contains(probe.Number)).ToList();
        await TryAsync(ask with { Except = [.. alone.Select(probe => probe.Number)] }, null, answer, cancel);
        await AskAsync(ask, [.. alone.Where(IsHeld)], 1, answer, cancel);
    }

    /// <summary>Those known to be poison one by one.</summary>
    private async Task AskAsync(AlertAsk ask, IReadOnlyList<AlertProbe> probes, int most, AlertAnswer answer, CancellationToken cancel)
    {
        var alone = probes.ToLookup(probe => Poisoned.Contains(probe.Number));
        foreach (var some in alone[false].Chunk(most).Concat(alone[true].Chunk(1)))
        {
            await TryAsync(ask, some, answer, cancel);
        }
    }

    private HashSet<int> Poisoned => set.Memory.Poisoned;

    /// <param name="probes">Null: all of the query that are held and not poisoned.</param>
    private async Task TryAsync(AlertAsk ask, IReadOnlyList<AlertProbe>? probes, AlertAnswer answer, CancellationToken cancel)
    {
        readings.Queries++;
        try
        {
            await using var reader = await telemetry.ReadAsync(AccessScope.ForEvaluator(set.Database), AlertAggregate.Values(Complete(ask, probes)), cancel);
            answer.Take(ask, reader, plan);
            if (probes is [var one] && !ask.IsCounted)
                Poisoned.Remove(one.Number);
        }
        catch (Exception error) when (IsOwnFault(error))
        {
            await HalveAsync(ask, probes ?? [.. ask.Query.Probes.Where(probe => IsHeld(probe) && !Poisoned.Contains(probe.Number))], answer, error, cancel);
        }
    }

    private AlertAsk Complete(AlertAsk ask, IReadOnlyList<AlertProbe>? probes) => ask with
    {
        Probes = probes,
        Except = probes is null ? ask.Except : [],
        IsOwn = telemetry.ModeOf(set.Database) == SourceMode.Own,
        MirrorKey = isMirrored ? set.Memory.MirrorKey : null,
        Shards = isMirrored && probes is null && set.Shards.Count < AlertShards.Count ? set.Shards : null,
        Open = !ask.IsGrouped || (ask.IsRaw && ask.Query.Shape.IsPercentile) ? null : Open(probes ?? ask.Query.Probes),
    };

    /// <summary>Null, so that nothing is sifted, also when they are too many to be named.</summary>
    private IReadOnlyCollection<int>? Open(IReadOnlyList<AlertProbe> probes)
    {
        var numbers = open is null ? null : probes.Where(probe => open[probe.RuleNumber]).Select(probe => probe.Number).ToList();
        return numbers?.Count > NumbersAQuery ? null : numbers;
    }

    /// <summary>Halved until the one at fault stands alone.</summary>
    private async Task HalveAsync(AlertAsk ask, IReadOnlyList<AlertProbe> probes, AlertAnswer answer, Exception error, CancellationToken cancel)
    {
        if (probes.Count == 0)
            return; // none is held here

        if (probes.Count == 1)
        {
            Poisoned.Add(probes[0].Number);
            readings.Fail(probes[0].Rule.Id, error.Message);
            return;
        }

        foreach (var half in probes.Chunk((probes.Count + 1) / 2))
        {
            await TryAsync(ask, half, answer, cancel);
        }
    }
}
