using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using SreBot.Alerts.Evaluation;
using SreBot.Alerts.Rules;
using SreBot.Alerts.States;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Benchmarks;

/// <summary>How long a tick takes over many requests and many rules, the tick's time moving each run; against one query a rule, in the same run.</summary>
internal static class AlertScaleBenchmark
{
    private const int Sampled = 200;

    private const int Resting = 8;

    public static async Task<int> RunAsync(long requests, int rules, int projects, int hours, int ticks, string folder, string? only)
    {
        await using var data = await AlertScaleData.OpenAsync(folder, requests, projects, hours);
        Console.WriteLine($"{requests:N0} requests over {hours} h, {projects:N0} projects; alert_minute {await data.RowsAsync("alert_minute", 60):N0} rows an hour, alert_minute_dim {await data.RowsAsync("alert_minute_dim", 60):N0}");
        await using var tick = await AlertScaleTick.StartAsync(data.Store, data.Database);
        var sizes = new[] { rules / 10, rules }.Where(size => size > 0).ToList();
        var single = only is null or "single" ? await SingleAsync(data, projects) : 0;
        foreach (var kind in AlertScaleRules.Kinds.Where(kind => only is null or "single" || only == kind))
        {
            var reads = new List<double>();
            foreach (var size in sizes)
            {
                var read = await ReadAsync(data, AlertScaleRules.Of(kind, size, projects), ticks);
                var (whole, triggered) = await WholeAsync(tick, data, AlertScaleRules.Of(kind, size, projects), ticks);
                reads.Add(Middle(read));
                var rss = await tick.RestAsync(Resting);
                Console.WriteLine($"{kind,-11} {size,8:N0} rules: read p50 {Middle(read),6:0} p95 {Worst(read),6:0} ms   whole tick p50 {Middle(whole),6:0} p95 {Worst(whole),6:0} ms   {triggered:N0} triggered   RSS {rss:0} MB"
                    + (single > 0 ? $"   one query a rule {single * size / 1000:0.0} s, {single * size / Middle(read):N0} times the read, {single * size / Middle(whole):N0} times the tick" : ""));
            }

            if (reads.Count == 2)
                Console.WriteLine($"{kind,-11} grows by {(reads[1] - reads[0]) * 1000 / (sizes[1] - sizes[0]):0.00} microseconds a rule");
        }

        if (only is null or "additive")
            await GrowthAsync(data, sizes[0], projects, ticks);
        return 0;
    }

    /// <summary>The reads alone, with those open that breached before.</summary>
    private static async Task<double[]> ReadAsync(AlertScaleData data, IReadOnlyList<AlertRule> rules, int ticks)
    {
        await data.ForgetRulesAsync();
        var reader = new AlertReader(data.Store, NullLogger<AlertReader>.Instance);
        var set = new AlertRuleSet(data.Database, 1, rules, [0, 1, 2, 3]);
        IReadOnlyCollection<(Guid, string)> open = [];
        var times = new List<double>();
        for (var i = -2; i < ticks; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var readings = await reader.ReadAsync(set, data.End.AddMinutes(i - ticks), open, CancellationToken.None);
            var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (readings.Failures.Any())
                throw new InvalidOperationException(readings.Failures.First().Value);

            open = [.. rules.SelectMany((rule, number) => readings.Of(number).Where(reading => reading.VerdictBy(rule) == Verdict.Breach).Select(reading => (rule.Id, reading.GroupKey)))];
            if (i == -2)
                Console.WriteLine($"            first read with its mirror {took:0} ms, {readings.Queries} queries");
            if (i >= 0)
                times.Add(took);
        }

        return [.. times.Order()];
    }

    private static async Task<(double[] Times, long Triggered)> WholeAsync(AlertScaleTick tick, AlertScaleData data, IReadOnlyList<AlertRule> rules, int ticks)
    {
        await data.ForgetRulesAsync();
        await tick.SetAsync(rules, data.End.AddMinutes(-ticks - 3 - Resting));
        rules = []; // the evaluator has its own
        var times = new List<double>();
        for (var i = -2; i < ticks; i++)
        {
            var took = await tick.TickAsync();
            if (i == -2)
                Console.WriteLine($"            first tick with everything read and written {took:0} ms");
            if (i >= 0)
                times.Add(took);
        }

        return ([.. times.Order()], await tick.TriggeredAsync());
    }

    /// <summary>In ms a rule: the mean of some rules, each read by a query of its own from single requests.</summary>
    private static async Task<double> SingleAsync(AlertScaleData data, int projects)
    {
        var rules = AlertScaleRules.Of("additive", projects, projects);
        var total = 0.0;
        for (var i = -10; i < Sampled; i++)
        {
            var rule = rules[(int)((i + 10L) * 479 % rules.Count)];
            var window = new TimeWindow(data.End.AddSeconds(-i) - rule.Window, data.End.AddSeconds(-i));
            var scope = new AccessScope { OrganizationId = 1, TelemetryDatabase = data.Database, Role = Role.Viewer, Projects = rule.Projects };
            var start = Stopwatch.GetTimestamp();
            await using var reader = await data.Store.ReadAsync(scope, MetricQueries.Total(rule.Measure.Aggregate, window, rule.Filter), CancellationToken.None);
            while (await reader.ReadAsync())
            {
            }

            total += i < 0 ? 0 : Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Console.WriteLine($"one query a rule: {total / Sampled:0.00} ms a rule, measured on {Sampled} rules; below it is multiplied by the number of rules");
        return total / Sampled;
    }

    private static async Task GrowthAsync(AlertScaleData data, int size, int projects, int ticks)
    {
        var (few, many) = (await ReadAsync(data, AlertScaleRules.Of("additive", size, projects, 15), ticks), await ReadAsync(data, AlertScaleRules.Of("additive", size, projects, 60), ticks));
        var rows = await data.RowsAsync("alert_minute", 60) - await data.RowsAsync("alert_minute", 15);
        Console.WriteLine($"additive    {size:N0} rules, windows up to 15 and up to 60 minutes: {Middle(few):0} and {Middle(many):0} ms, {(Middle(many) - Middle(few)) * 1e6 / Math.Max(1, rows):0.0} ms a million roll-up rows");
    }

    private static double Middle(double[] times) => times[times.Length / 2];

    private static double Worst(double[] times) => times[(int)Math.Ceiling(0.95 * times.Length) - 1];
}
