using System.Diagnostics;
using System.Net.Http.Json;
using SreBot.Cli.Seeding;
using SreBot.Model;

namespace SreBot.Benchmarks;

/// <summary>Every kind of question over many rows, on a SreBot that evaluates its alerts and takes its demo's live requests meanwhile; and the memory it needs.</summary>
internal static class VolumeBenchmark
{
    private const int RowsABatch = 100_000;
    private static readonly TimeSpan Cause = TimeSpan.FromMinutes(40);

    private static readonly (string Name, Func<int, string> Ask)[] Kinds =
    [
        ("why is SERVER slow?", i => $"why is Server_{(i % 2 == 0 ? 9 : 1 + (i % 10))} slow?"),
        ("why is INC-1 slow?", _ => "why is INC-1 slow?"),
        ("what is going on?", _ => "what is going on?"),
        ("slowest server, last hour", _ => "which server has the highest latency in the last hour?"),
        ("top servers by p95, last 24 hours", i => $"top {3 + (i % 5)} servers by p95 latency in the last 24 hours"),
        ("p95 latency, last 24 hours", i => $"p95 latency in the last {24 - (i % 3)} hours"),
        ("p95 of SERVER, last 7 days", i => $"p95 latency of Server_{1 + (i % 10)} in the last 7 days"),
        ("p99 latency, last 31 days", i => $"p99 latency in the last {31 - (i % 3)} days"),
        ("p95 latency over time, 24 hours", i => $"show p95 latency over time in the last {24 - (i % 3)} hours"),
        ("compare latency today with yesterday", _ => "compare latency today with yesterday"),
        ("CPU swing by server, 24 hours", i => $"which server's CPU swings most in the last {24 - (i % 3)} hours?"),
        ("latency percentiles, 24 hours", i => $"latency percentiles in the last {24 - (i % 3)} hours"),
        ("error rate today", _ => "error rate today"),
        ("which endpoint fails most today?", _ => "which endpoint fails most today?"),
        ("requests in the last 7 days", i => $"requests in the last {7 - (i % 3)} days"),
        ("recent incidents", _ => "recent incidents"),
    ];

    public static async Task<int> RunAsync(int rows, int days, int count)
    {
        await using var srebot = await SreBotChild.StartAsync(hasDemo: true);
        Memory(srebot, "fresh, with its demo");
        var plan = Plan(rows, days);
        var start = Stopwatch.GetTimestamp();
        var taken = await FillAsync(srebot, plan);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine($"{taken:N0} rows over {days * 24} hours taken in {seconds:0} s, {taken / seconds:N0} rows/s with their making");
        Memory(srebot, "after filling");

        srebot.ForgetPeak();
        var all = new List<double>();
        foreach (var (name, ask) in Kinds)
        {
            all.AddRange(await MeasureAsync(srebot, name, ask, count));
        }

        Print("all of them", [.. all.Order()], srebot);
        Memory(srebot, "after all questions");
        return 0;
    }

    /// <summary>One server is slow for a while, up to half an hour ago.</summary>
    private static SeedPlan Plan(int rows, int days)
    {
        var settings = new SeedSettings { Seed = 7, Hours = 24 * days, RequestsAMinute = Math.Max(1, rows / (days * 1440)) };
        var end = TimeProvider.System.GetUtcNow().AddMinutes(-30);
        return new SeedPlan(settings, []).With(CauseDraw.SlowServer("Server_9", 2.5, new TimeWindow(end - Cause, end)));
    }

    private static async Task<long> FillAsync(SreBotChild srebot, SeedPlan plan)
    {
        var window = plan.Settings.WindowUpTo(TimeProvider.System.GetUtcNow());
        var length = TimeSpan.FromSeconds(Math.Max(60, RowsABatch * 60L / plan.Settings.RequestsAMinute));
        var batches = new Queue<TimeWindow>();
        for (var from = window.From; from < window.To; from += length)
        {
            batches.Enqueue(new TimeWindow(from, from + length < window.To ? from + length : window.To));
        }

        long taken = 0;
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                TimeWindow? batch;
                lock (batches)
                {
                    if (!batches.TryDequeue(out batch))
                        return;
                }

                var (body, _) = RequestLines.Of(plan, batch);
                Interlocked.Add(ref taken, (await RequestLines.SendAsync(srebot.Http, body, $"fill-{batch.From.UtcTicks}")).Rows);
            }
        })));
        return taken;
    }

    private static async Task<double[]> MeasureAsync(SreBotChild srebot, string name, Func<int, string> ask, int count)
    {
        var times = new double[count];
        for (var i = -1; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            using var response = await srebot.Http.PostAsJsonAsync("/sre_query", new { input = new { question = ask(i + 1) } });
            var answer = await response.Content.ReadAsStringAsync();
            if (!response.IsSuccessStatusCode)
                throw new InvalidOperationException($"{ask(i + 1)}: {(int)response.StatusCode} {answer}");

            if (i >= 0)
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds; // the first one compiles
            else if (Environment.GetEnvironmentVariable("SREBOT_SHOW_ANSWERS") is not null)
                Console.WriteLine(answer[..Math.Min(400, answer.Length)]);
        }

        Array.Sort(times);
        Print(name, times, srebot);
        return times;
    }

    private static void Print(string name, double[] times, SreBotChild srebot) => Console.WriteLine(
        $"{name,-40} p50 {times[times.Length / 2],7:0} ms   p95 {times[(int)Math.Ceiling(0.95 * times.Length) - 1],7:0} ms   worst {times[^1],7:0} ms   RSS {srebot.Memory().Now,6:0} MB, peak {srebot.Memory().Peak,6:0} MB");

    private static void Memory(SreBotChild srebot, string when) =>
        Console.WriteLine($"SreBot {when}: RSS {srebot.Memory().Now:0} MB, peak {srebot.Memory().Peak:0} MB; PostgreSQL's processes {srebot.PostgresMemory():0} MB");
}
