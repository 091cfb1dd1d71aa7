using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SreBot.Benchmarks;

/// <summary>How long Slack waits for the acknowledgement of a mention, while mentions come at a steady pace and each of them is answered: signed requests over HTTP to SreBot as a process of its own.</summary>
internal static class SlackAckBenchmark
{
    private const string Secret = "benchmark-signing-secret";

    public static async Task<int> RunAsync(int mentionsPerSecond, int seconds)
    {
        using var slack = new HttpListener();
        var port = Random.Shared.Next(20000, 60000);
        slack.Prefixes.Add($"http://127.0.0.1:{port}/api/");
        slack.Start();
        var calls = AnswerAsync(slack);
        await using (var srebot = await SreBotChild.StartAsync(hasDemo: true, new Dictionary<string, string>
        {
            ["Slack__BotToken"] = "xoxb-benchmark", ["Slack__SigningSecret"] = Secret, ["Slack__ApiBase"] = $"http://127.0.0.1:{port}/api/",
        }))
        {
            await SendAsync(srebot.Http, 0, mentionsPerSecond * 5); // what the first ones compile
            var times = await PaceAsync(srebot.Http, mentionsPerSecond, mentionsPerSecond * seconds);
            Array.Sort(times);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{times.Length:N0} mentions, {mentionsPerSecond} a second: acknowledged p50 {At(times, 0.5):0.0} ms, p95 {At(times, 0.95):0.0} ms, p99 {At(times, 0.99):0.0} ms, longest {times[^1]:0.0} ms"));
        }

        slack.Stop();
        Console.WriteLine($"{await calls:N0} calls were made to Slack meanwhile");
        return 0;
    }

    private static double At(double[] sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];

    /// <summary>Sent when each is due, whether or not the ones before are acknowledged.</summary>
    private static async Task<double[]> PaceAsync(HttpClient http, int mentionsPerSecond, int count)
    {
        var sending = new Task<double>[count];
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var wait = TimeSpan.FromSeconds((double)i / mentionsPerSecond) - Stopwatch.GetElapsedTime(start);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, TimeProvider.System);

            sending[i] = SendOneAsync(http, i + 1_000_000);
        }

        return await Task.WhenAll(sending);
    }

    private static async Task SendAsync(HttpClient http, int from, int count)
    {
        for (var i = from; i < from + count; i++)
            await SendOneAsync(http, i);
    }

    /// <returns>In milliseconds.</returns>
    private static async Task<double> SendOneAsync(HttpClient http, int number)
    {
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var body = Mention(number);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/slack/events") { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } } };
        request.Headers.Add("X-Slack-Request-Timestamp", at);
        request.Headers.Add("X-Slack-Signature", "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), (byte[])[.. Encoding.UTF8.GetBytes($"v0:{at}:"), .. body])));
        var start = Stopwatch.GetTimestamp();
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static byte[] Mention(int number)
    {
        var ts = string.Create(CultureInfo.InvariantCulture, $"1790000000.{number:000000}");
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            type = "event_callback",
            team_id = "T01",
            api_app_id = "A01",
            event_id = $"Ev{number}",
            authorizations = new[] { new { team_id = "T01", user_id = "U0BOT", is_bot = true, is_enterprise_install = false } },
            @event = new { type = "app_mention", user = $"U{number % 40}", text = "<@U0BOT> which servers are slow?", ts, event_ts = ts, channel = $"C{number % 20:00}" },
        });
    }

    /// <summary>A Slack that takes everything.</summary>
    /// <returns>How many calls it took.</returns>
    private static async Task<int> AnswerAsync(HttpListener slack)
    {
        var count = 0;
        try
        {
            while (true)
            {
                var call = await slack.GetContextAsync();
                await call.Request.InputStream.CopyToAsync(Stream.Null);
                call.Response.ContentType = "application/json";
                call.Response.Close(Encoding.UTF8.GetBytes($$$"""{"ok":true,"ts":"1790000001.{{{++count:000000}}}","message_ts":"1790000001.{{{count:000000}}}","channel":{"id":"D01"}}"""), willBlock: false);
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            return count;
        }
    }
}
