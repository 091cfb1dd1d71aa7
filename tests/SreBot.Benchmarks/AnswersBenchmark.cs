using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using SreBot.Hosting;
using SreBot.Model;

namespace SreBot.Benchmarks;

/// <summary>Questions over HTTP against a SreBot of its own, on a fresh demo: 24 hours at 100 requests a minute.</summary>
internal static class AnswersBenchmark
{
    private static readonly string[] Questions = ["why is INC-1 slow?", "which server is the slowest in the last hour?", "p95 latency of Server_9 in the last 24 hours", "recent incidents"];

    public static async Task<int> RunAsync(int count)
    {
        var start = Stopwatch.GetTimestamp();
        await using var srebot = await SreBotHost.StartAsync(new ServeSettings(null, IsEphemeral: true, "http://127.0.0.1:0", IsQuiet: true), CancellationToken.None);
        Console.WriteLine($"ready after                                      {Stopwatch.GetElapsedTime(start).TotalSeconds,8:0.0} s");
        using var http = new HttpClient { BaseAddress = srebot.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", srebot.Token);
        var baseline = await MeasureAsync(count, () => http.GetStringAsync(new Uri("/readyz", UriKind.Relative)));
        Print("GET /readyz", baseline, baseline);
        foreach (var question in Questions)
        {
            Print(question, await MeasureAsync(count, () => AskAsync(http, question)), baseline);
        }

        return 0;
    }

    private static async Task AskAsync(HttpClient http, string question)
    {
        using var response = await http.PostAsJsonAsync("/sre_query", new { input = new { question } });
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync();
    }

    private static async Task<double[]> MeasureAsync(int count, Func<Task> ask)
    {
        await ask(); // the first one compiles
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await ask();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return times;
    }

    private static void Print(string what, double[] times, double[] baseline)
    {
        var median = times[times.Length / 2];
        Console.WriteLine($"{what,-48} p50 {median,8:0.0} ms   p95 {times[(int)Math.Ceiling(0.95 * times.Length) - 1],8:0.0} ms   {median / baseline[baseline.Length / 2],6:0.0} times the baseline");
    }
}
