using Microsoft.Extensions.Logging.Abstractions;
using SreBot.Alerts.Evaluation;
using SreBot.Alerts.Rules;
using SreBot.Alerts.States;
using SreBot.Telemetry;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Alerts.Evaluation;

/// <summary>Whatever the rules and whatever the road the requests took, a tick's verdicts and values are those of the single requests.</summary>
public sealed class RollupEqualityTests(TelemetryFixture telemetry)
{
    private static readonly int[] AllShards = [.. Enumerable.Range(0, AlertShards.Count)];

    private readonly AlertReader reader = new(telemetry.Store, NullLogger<AlertReader>.Instance);

    /// <summary>An hour that is past, as near as may be: the minute roll-ups keep two days by the engine's own clock.</summary>
    private static readonly DateTimeOffset Hour = new(TimeProvider.System.GetUtcNow().UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Verdicts_and_values_are_those_of_the_raw_table(int seed)
    {
        var draw = new RandomRules(seed);
        var database = await telemetry.NewDatabaseAsync();
        List<AlertRule> rules = [.. Enumerable.Range(0, 100).Select(_ => draw.Rule(mayBeLong: true))];
        var set = new AlertRuleSet(database, seed, rules, AllShards);
        await InsertAsync(database, draw, Hour.AddHours(-70), Hour.AddHours(-2), 3000, "old");

        var judged = 0;
        for (var from = Hour.AddHours(-2); from < Hour; from = from.AddMinutes(30))
        {
            await InsertAsync(database, draw, from, from.AddMinutes(30), 1500, $"{from:HHmm}");
            var tick = from.AddMinutes(draw.Next(2) == 0 ? 30 : 1 + draw.Next(30));
            judged += await CompareAsync(set, draw, tick);
        }

        judged += await CompareAsync(set, draw, Hour); // on the hour: long windows too
        Assert.InRange(judged, 300, int.MaxValue);
    }

    /// <summary>Minutes are remembered from tick to tick; requests come late, ticks are left out or come again, rules are edited, added and removed meanwhile.</summary>
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task What_is_remembered_is_what_the_raw_table_says(int seed)
    {
        var draw = new RandomRules(seed);
        var database = await telemetry.NewDatabaseAsync();
        List<AlertRule> rules = [.. Enumerable.Range(0, 20).Select(_ => draw.Rule(mayBeLong: false) with { GroupBy = [] })];
        var set = new AlertRuleSet(database, 1, rules, AllShards);
        var (tick, judged) = (Hour.AddHours(-2), 0);
        await InsertAsync(database, draw, tick.AddMinutes(-70), tick, 800, "before");
        for (var i = 0; i < 15; i++)
        {
            var next = tick.AddMinutes(draw.Next(6) switch { 0 => 0, 1 => 2 + draw.Next(40), 2 => -1, _ => 1 });
            if (next > tick)
                await InsertAsync(database, draw, tick, next, 40, $"live-{i}");
            if (draw.Next(3) == 0)
                await InsertAsync(database, draw, next.AddMinutes(-60), next, 20, $"late-{i}");
            if (draw.Next(4) == 0)
            {
                rules = [.. rules.Where(_ => draw.Next(10) > 0).Select(rule => draw.Next(10) > 0 ? rule : draw.Rule(mayBeLong: false) with { Id = rule.Id, GroupBy = [] }), draw.Rule(mayBeLong: false) with { GroupBy = [] }];
                set = new AlertRuleSet(database, i + 2, rules, AllShards, set);
            }

            tick = next;
            judged += await CompareAsync(set, draw, tick, AllShards);
        }

        Assert.InRange(judged, 150, int.MaxValue);
    }

    /// <summary>In five batches a stretch. Some requests come with the next batch, 1 to 5 minutes late, some carry a time that has not come; every batch is sent twice.</summary>
    private async Task InsertAsync(string database, RandomRules draw, DateTimeOffset from, DateTimeOffset to, int count, string name)
    {
        var late = new List<object?[]>();
        for (var batch = 0; batch < 5; batch++)
        {
            var rows = late;
            late = [];
            for (var i = 0; i < count / 5; i++)
            {
                var at = from + ((to - from) * ((batch + draw.Next()) / 5));
                var row = draw.Request($"{name}-{batch}-{i}", DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()));
                if (draw.Next(20) == 0)
                    row[1] = ((DateTimeOffset)row[1]!).AddMinutes(1 + draw.Next(30));
                (draw.Next(20) == 0 && batch < 4 ? late : rows).Add(row);
            }

            foreach (var row in late)
            {
                row[1] = ((DateTimeOffset)row[1]!).AddMinutes(-1 - draw.Next(5));
            }

            await telemetry.Store.InsertAsync(database, TelemetryTable.Request, rows, $"{name}-{batch}", Cancel);
            await telemetry.Store.InsertAsync(database, TelemetryTable.Request, rows, $"{name}-{batch}", Cancel);
        }
    }

    private Task<int> CompareAsync(AlertRuleSet set, RandomRules draw, DateTimeOffset tick) =>
        CompareAsync(set, draw, tick, draw.Next(2) == 0 ? AllShards : [draw.Next(4), draw.Next(4)]);

    private async Task<int> CompareAsync(AlertRuleSet set, RandomRules draw, DateTimeOffset tick, int[] shards)
    {
        List<AlertRule> open = [.. set.Rules.Where(_ => draw.Next(4) == 0)];
        var held = set.WithShards(shards);
        var told = await reader.ReadAsync(held, tick, [.. open.Select(rule => (rule.Id, ""))], Cancel);
        var all = await WholeReading.OfAsync(telemetry.Store, set.Database, set.Rules, tick);
        Assert.Empty(told.Failures.Select(failure => failure.Value));
        Assert.Empty(all.Failures.Select(failure => failure.Value));
        var isOpen = set.Rules.Select(rule => open.Contains(rule)).ToArray();
        var passed = await new AlertReadingPass(telemetry.Store, held, tick, isOpen, isMirrored: false).RunAsync(Cancel); // where nothing may be written beside the telemetry
        var judged = 0;
        foreach (var rule in set.Rules)
        {
            if (rule.GroupBy.Count > 0)
                Assert.Equivalent(told.Of(rule.Id).OrderBy(reading => reading.GroupKey), passed.Of(rule.Id).OrderBy(reading => reading.GroupKey), strict: true);
            else
                Assert.Equal(told.Of(rule.Id).Select(reading => reading.VerdictBy(rule)), passed.Of(rule.Id).Select(reading => reading.VerdictBy(rule)));
            var raw = await RawReference.ReadAsync(telemetry.Store, set.Database, rule, tick);
            Assert.Equivalent(raw.OrderBy(reading => reading.GroupKey), all.Of(rule.Id).OrderBy(reading => reading.GroupKey), strict: true);
            if (!held.Holds(rule.Id))
                Assert.Empty(told.Of(rule.Id));
            else if (rule.IsDue(tick))
                judged += Compare(rule, raw, told.Of(rule.Id), open.Contains(rule));
        }

        return judged;
    }

    private static int Compare(AlertRule rule, IReadOnlyList<AlertReading> raw, IReadOnlyList<AlertReading> told, bool isOpen)
    {
        var what = $"{rule.Metric} {rule.Aggregate} {rule.Comparator.Symbol()} {rule.Threshold} {rule.ThresholdMax} over {rule.Window} min {rule.MinRequests} by {string.Join(',', rule.GroupBy)}";
        Assert.Equal(told.Count, told.Select(reading => reading.GroupKey).Distinct().Count());
        Assert.Empty(told.Select(reading => reading.GroupKey).Except(raw.Select(reading => reading.GroupKey)));
        foreach (var expected in raw)
        {
            var verdict = AlertVerdict.Of(rule, expected.Value, expected.Count);
            var seen = told.FirstOrDefault(reading => reading.GroupKey == expected.GroupKey);
            if (seen is null)
                Assert.True(rule.GroupBy.Count > 0 && !isOpen && verdict is Verdict.Clear or Verdict.Between or Verdict.Insufficient, $"{what}: {expected} is {verdict} and was not told");
            else if (seen.Decided is { } decided)
                Assert.True(!isOpen && (seen.Count == expected.Count || (seen.Count == 0 && decided == Verdict.Clear)) && (decided == verdict || (decided, verdict) is (Verdict.Clear, Verdict.Between)), $"{what}: {expected} is {verdict}, not {decided}");
            else
                Assert.True(seen == expected && seen.VerdictBy(rule) == verdict, $"{what}: {expected}, not {seen}");
        }

        return raw.Count;
    }
}
