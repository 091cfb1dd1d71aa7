using System.Runtime.InteropServices;
using SreBot.Alerts.Rules;

namespace SreBot.Alerts.Evaluation;

/// <summary>What each minute of a query's windows holds, so that a tick reads only the minutes that are new or have changed. A minute has changed when the roll-up
/// counts other requests in it than when it was read: requests that come late are seen so, and nothing of a minute changes without them.</summary>
/// <remarks>A window keeps as many minutes as it has; the newest takes the place of the one that leaves it. Time goes forward only.</remarks>
internal sealed class AlertMinutes
{
    /// <summary>What is remembered of all windows of a set: 12 bytes each.</summary>
    public const long Most = 8_000_000;

    /// <summary>More windows without memory than these are read together with all others.</summary>
    private const int MostStrangers = 10_000;

    private readonly AlertQuery query;
    private readonly int[] starts;
    private readonly Cell[] cells;
    private readonly Dictionary<long, ulong> sums = [];
    private List<AlertProbe> strangers = [];
    private long latest = long.MinValue;

    public AlertMinutes(AlertQuery query, IReadOnlyCollection<int> shards)
    {
        (this.query, Shards) = (query, shards);
        starts = new int[query.Probes.Count + 1];
        for (var place = 0; place < query.Probes.Count; place++)
        {
            starts[place + 1] = starts[place] + Minutes(query.Probes[place].Window);
        }

        cells = new Cell[starts[^1]];
    }

    public static TimeSpan LongestWindow { get; } = TimeSpan.FromHours(1);

    public AlertShape Shape => query.Shape;

    /// <summary>Those whose rules are remembered.</summary>
    public IReadOnlyCollection<int> Shards { get; }

    /// <summary>Windows of which no minute is known although others' minutes are: they must be read whole.</summary>
    public IReadOnlyList<AlertProbe> Strangers => strangers;

    /// <summary>Takes over what is known of windows whose rules have not changed.</summary>
    public void Adopt(AlertMinutes before)
    {
        var known = new Dictionary<(AlertRule, TimeSpan, bool), int>(before.query.Probes.Count, new SameRule());
        foreach (var probe in before.query.Probes)
        {
            known[(probe.Rule, probe.Window, probe.IsShort)] = probe.Place;
        }

        foreach (var probe in query.Probes)
        {
            if (known.TryGetValue((probe.Rule, probe.Window, probe.IsShort), out var place))
                before.Window(place).CopyTo(Window(probe.Place));
            else
                strangers.Add(probe);
        }

        if (strangers.Count + before.strangers.Count > MostStrangers)
        {
            Forget();
            return;
        }

        strangers.AddRange(before.strangers.Count == 0 ? [] : query.Probes.Where(probe => before.strangers.Exists(old => ReferenceEquals(old.Rule, probe.Rule))).Except(strangers));
        latest = before.latest;
        foreach (var (minute, sum) in before.sums)
        {
            sums[minute] = sum;
        }
    }

    public void Forget()
    {
        sums.Clear();
        strangers = [];
        latest = long.MinValue;
        Array.Clear(cells);
    }

    /// <summary>Moves on to a tick, and forgets the minutes that are new or have changed.</summary>
    /// <param name="now">How many requests a minute has; one that is missing has none.</param>
    /// <returns>Those of them that have anything to read; <see cref="Know"/> follows when all is put.</returns>
    public IReadOnlyList<DateTimeOffset> Turn(DateTimeOffset tick, IReadOnlyDictionary<DateTimeOffset, ulong> now)
    {
        var end = Number(tick);
        if (end < latest)
            Forget(); // minutes that left the windows are in them again

        latest = end;
        var first = end - Minutes(query.Longest);
        foreach (var old in sums.Keys.Where(minute => minute < first).ToList())
        {
            sums.Remove(old);
        }

        var stale = new List<DateTimeOffset>();
        for (var minute = first; minute < end; minute++)
        {
            var time = Time(minute);
            var sum = now.GetValueOrDefault(time);
            if (sums.TryGetValue(minute, out var known) && known == sum)
                continue;

            sums.Remove(minute);
            Clear(minute);
            if (sum > 0)
                stale.Add(time);
            else
                sums[minute] = 0;
        }

        return stale;
    }

    public void Put(AlertProbe probe, DateTimeOffset minute, ulong requests, double over, double under) =>
        cells[Place(probe, Number(minute))] = new Cell(over, checked((uint)requests), checked((uint)under));

    /// <summary>Those minutes were read, and the <see cref="Strangers"/> whole.</summary>
    public void Know(IReadOnlyList<DateTimeOffset> minutes, IReadOnlyDictionary<DateTimeOffset, ulong> now)
    {
        foreach (var minute in minutes)
        {
            sums[Number(minute)] = now[minute];
        }

        strangers = [];
    }

    /// <summary>The window's value as the aggregate gives it, and its requests.</summary>
    public (long Requests, double? Value) Of(AlertProbe probe)
    {
        var formula = probe.Aggregate.Formula!;
        var (requests, over, under) = (0L, formula.IsMaximum ? double.NegativeInfinity : 0.0, 0.0);
        foreach (var cell in Window(probe.Place))
        {
            if (cell.Requests == 0)
                continue;

            requests += cell.Requests;
            under += cell.Under;
            over = formula.IsMaximum ? Math.Max(over, cell.Over) : over + cell.Over;
        }

        return (requests, requests == 0 ? null : formula.Value(over, under, probe.Window));
    }

    private void Clear(long minute)
    {
        foreach (var probe in query.Probes)
        {
            if (minute >= latest - Minutes(probe.Window))
                cells[Place(probe, minute)] = default;
        }
    }

    private Span<Cell> Window(int place) => cells.AsSpan(starts[place], starts[place + 1] - starts[place]);

    private int Place(AlertProbe probe, long minute) => starts[probe.Place] + (int)(minute % Minutes(probe.Window));

    private static int Minutes(TimeSpan span) => (int)(span.Ticks / TimeSpan.TicksPerMinute);

    private static long Number(DateTimeOffset minute) => minute.UtcTicks / TimeSpan.TicksPerMinute;

    private static DateTimeOffset Time(long minute) => new(minute * TimeSpan.TicksPerMinute, TimeSpan.Zero);

    /// <summary>Millions of them: no room between two.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private readonly record struct Cell(double Over, uint Requests, uint Under);

    /// <summary>A rule that was edited is another object.</summary>
    private sealed class SameRule : IEqualityComparer<(AlertRule Rule, TimeSpan Window, bool IsShort)>
    {
        public bool Equals((AlertRule Rule, TimeSpan Window, bool IsShort) x, (AlertRule Rule, TimeSpan Window, bool IsShort) y) =>
            ReferenceEquals(x.Rule, y.Rule) && x.Window == y.Window && x.IsShort == y.IsShort;

        public int GetHashCode((AlertRule Rule, TimeSpan Window, bool IsShort) key) => HashCode.Combine(key.Rule.Id, key.Window, key.IsShort);
    }
}
