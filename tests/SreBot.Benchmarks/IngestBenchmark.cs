using System.Diagnostics;
using System.IO.Compression;
using SreBot.Cli.Seeding;
using SreBot.Model;

namespace SreBot.Benchmarks;

/// <summary>How many rows a second <c>POST /ingest</c> takes on loopback, from bodies that are made before.</summary>
internal static class IngestBenchmark
{
    private const int Bodies = 6;
    private const int RequestsAMinute = 20_000;

    public static async Task<int> RunAsync(int rows, int batch, int senders)
    {
        var start = TimeProvider.System.GetUtcNow();
        var plan = new SeedPlan(new SeedSettings { RequestsAMinute = RequestsAMinute }, []);
        var length = TimeSpan.FromSeconds(batch * 60L / RequestsAMinute);
        var bodies = Enumerable.Range(0, Bodies).Select(i => RequestLines.Of(plan, new TimeWindow(start - (length * (Bodies - i)), start - (length * (Bodies - i - 1))))).ToArray();
        var rowBytes = bodies.Average(body => body.Body.Length / (double)body.Rows);
        Console.WriteLine($"{Bodies} bodies of {bodies.Average(body => body.Rows):N0} rows, {rowBytes:0} bytes a row; {senders} senders");

        await using var srebot = await SreBotChild.StartAsync(hasDemo: false);
        await RequestLines.SendAsync(srebot.Http, bodies[0].Body, "warm-up"); // the first one compiles
        await MeasureAsync(srebot, "plain", bodies, rows, 1, null);
        await MeasureAsync(srebot, "plain", bodies, rows, senders, null);
        var packed = bodies.Select(body => (Pack(body.Body), body.Rows)).ToArray();
        await MeasureAsync(srebot, "gzip", packed, rows / 2, senders, "gzip");
        return 0;
    }

    private static async Task MeasureAsync(SreBotChild srebot, string what, (byte[] Body, int Rows)[] bodies, int rows, int senders, string? encoding)
    {
        srebot.ForgetPeak();
        var count = (int)Math.Ceiling(rows / bodies.Average(body => body.Rows));
        var (next, taken, waits) = (-1, 0L, 0);
        var times = new double[count];
        var run = Guid.NewGuid();
        var (start, cpu, own) = (Stopwatch.GetTimestamp(), srebot.Cpu, Process.GetCurrentProcess().TotalProcessorTime);
        await Task.WhenAll(Enumerable.Range(0, senders).Select(_ => Task.Run(async () =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < count;)
            {
                var began = Stopwatch.GetTimestamp();
                var (got, waited) = await RequestLines.SendAsync(srebot.Http, bodies[i % bodies.Length].Body, $"{run}-{i}", encoding);
                times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
                Interlocked.Add(ref taken, got);
                Interlocked.Add(ref waits, waited);
            }
        })));

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var millions = taken / 1e6;
        Array.Sort(times);
        Console.WriteLine($"{what,-6} {senders} at once  {taken,11:N0} rows  {taken / seconds,9:N0} rows/s  batch p50 {times[count / 2],6:0} ms p95 {times[(int)Math.Ceiling(0.95 * count) - 1],6:0} ms"
            + $"  told to wait {waits}  CPU s a million rows: SreBot {(srebot.Cpu - cpu).TotalSeconds / millions:0.00}, sender {(Process.GetCurrentProcess().TotalProcessorTime - own).TotalSeconds / millions:0.00}"
            + $"  RSS {srebot.Memory().Now:0} MB, peak {srebot.Memory().Peak:0} MB");
    }

    private static byte[] Pack(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(body);
        }

        return packed.ToArray();
    }
}
