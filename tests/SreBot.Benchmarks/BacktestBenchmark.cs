using System.Diagnostics;
using Microsoft.Extensions.Options;
using SreBot.Alerts;
using SreBot.Alerts.Backtests;
using SreBot.Alerts.Evaluation;
using SreBot.Alerts.Rules;
using SreBot.Embedded;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Telemetry.Chdb;

namespace SreBot.Benchmarks;

/// <summary>How long the back-test of one rule takes: the whole answer, with its second query and its tables.</summary>
internal static class BacktestBenchmark
{
    private static readonly (string Metric, string Aggregate, double Threshold)[] Rules = [("latency", "mean", 30), ("latency", "p95", 80), ("error_rate", "ratio", 5)];

    /// <param name="data">Kept for the next run; null: a folder that is removed.</param>
    public static async Task<int> RunAsync(long rows, int days, string? data, int count)
    {
        var folder = data ?? Directory.CreateTempSubdirectory("srebot-backtest-").FullName;
        try
        {
            var options = new TelemetryOptions { RetentionDays = 60 };
            await using var transport = new ChdbTransport(new ChdbLocation(EnginePaths.Find().RequireChdb(), folder), options);
            using var store = new TelemetryStore(transport, Options.Create(options));
            var start = Stopwatch.GetTimestamp();
            var newest = await BacktestTelemetry.FillAsync(store, transport, rows, days);
            Console.WriteLine($"{rows:N0} requests in {days} days, {BacktestTelemetry.Projects} projects, 10 servers; filled in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
            await MeasureAsync(store, options, newest, days, count);
            return 0;
        }
        finally
        {
            if (data is null)
                Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(TelemetryStore store, TelemetryOptions options, DateTimeOffset newest, int days, int count)
    {
        var alerts = Options.Create(new AlertOptions());
        var backtester = new Backtester(store, new AlertIngest(store), new BacktestReader(store, alerts), [], alerts, Options.Create(options));
        var all = Enumerable.Range(1, BacktestTelemetry.Projects).Select(i => $"Project_{i}").ToList();
        var scope = new AccessScope { OrganizationId = 1, TelemetryDatabase = BacktestTelemetry.Database, Role = Role.Sre, Projects = all };
        var caller = new Caller(new Principal(Guid.Empty, "benchmark", "acme", scope), scope, null, null);
        foreach (var (past, projects, (metric, aggregate, threshold), groups) in
            from past in new[] { TimeSpan.FromHours(24), TimeSpan.FromDays(Math.Min(days, 30)) }
            from projects in new[] { all.Take(1).ToList(), all }
            from rule in Rules
            from groups in new string[][] { [], ["server_id"] }
            select (past, projects, rule, groups))
        {
            var rule = new AlertRule { Name = $"{metric} {aggregate}", Projects = projects, Metric = metric, Aggregate = aggregate, Comparator = AlertComparator.Greater, Threshold = threshold, GroupBy = groups };
            var line = $"{metric} {aggregate}{(groups.Length > 0 ? " by server" : "")}, {projects.Count} project{(projects.Count == 1 ? "" : "s")}, {AlertDuration.Text(past)}";
            await TimeAsync(line, count, i => backtester.RunAsync(Context(i), rule, past, CancellationToken.None));
            if (past > TimeSpan.FromDays(1) && groups.Length > 0)
                await TimeAsync($"  thresholds for it", 1, i => backtester.SuggestAsync(Context(i), rule, past, CancellationToken.None));
        }

        ToolContext Context(int run) => new(caller, new BacktestSteps(store), newest.AddSeconds(6).AddMinutes(-run), new Progress<string>()); // another stretch each run, so that no cache answers
    }

    private static async Task TimeAsync(string what, int count, Func<int, Task<ToolResult>> run)
    {
        var times = new List<double>();
        var said = "";
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            said = (await run(i)).Summary;
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        times.Sort();
        Console.WriteLine($"{what,-48} p50 {times[times.Count / 2]:0.000} s   worst {times[^1]:0.000} s   {said}");
    }
}
