using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SreBot.Benchmarks.Chaos;

/// <summary>The far side: a Slack workspace that outlives all blows, remembers every message and edit, and complains about a call that is not right.</summary>
internal sealed class ChaosReceiver : IAsyncDisposable
{
    public const string Team = "T01TEST";
    public const string BotToken = "xoxb-chaos";
    public const string SigningSecret = "chaos-signing-secret";

    private readonly WebApplication app;
    private readonly List<ChaosPost> posts = [];
    private Func<Task>? blow;
    private int count;

    private ChaosReceiver(WebApplication app) => this.app = app;

    public ConcurrentQueue<string> Violations { get; } = new();

    /// <summary>Messages and edits that were taken in, and whose sender was gone before it heard so.</summary>
    public int Uncertain { get; private set; }

    /// <summary>Messages found by their key, so that they were not posted again.</summary>
    public int LookUps { get; private set; }

    public string ApiBase => $"{app.Urls.First()}/api/";

    public IReadOnlyList<ChaosPost> Posts
    {
        get
        {
            lock (posts)
            {
                return [.. posts];
            }
        }
    }

    public static async Task<ChaosReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new ChaosReceiver(builder.Build());
        receiver.app.MapPost("/api/{method}", receiver.CallAsync);
        receiver.app.MapPost("/upload", () => Results.Text("OK"));
        await receiver.app.StartAsync();
        return receiver;
    }

    /// <summary>Struck when the next message or edit has been taken in, before its sender hears so.</summary>
    public void ArmBlow(Func<Task> what) => Interlocked.Exchange(ref blow, what);

    public void Disarm() => Interlocked.Exchange(ref blow, null);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> CallAsync(string method, HttpContext http)
    {
        var arguments = (await http.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString());
        if (http.Request.Headers.Authorization != $"Bearer {BotToken}")
            return Wrong(method, "not_authed");

        var answer = Work(method, arguments);
        if (method is "chat.postMessage" or "chat.update" && Interlocked.Exchange(ref blow, null) is { } strike)
        {
            Uncertain++;
            await strike();
        }

        return answer;
    }

    private IResult Work(string method, Dictionary<string, string> arguments)
    {
        lock (posts)
        {
            return method switch
            {
                "auth.test" => Ok(new { ok = true, url = "https://chaos.slack.com/", team = "Chaos", user = "sre-bot", team_id = Team, user_id = "U0BOT", bot_id = "B01" }),
                "chat.postMessage" => Add(arguments),
                "chat.update" => Edit(arguments),
                "conversations.history" => List(post => post.Thread is null, arguments),
                "conversations.replies" => List(post => post.Thread == arguments["ts"] || post.Ts == arguments["ts"], arguments),
                "files.getUploadURLExternal" => Ok(new { ok = true, upload_url = $"{app.Urls.First()}/upload", file_id = $"F{++count}" }),
                "chat.postEphemeral" => Ok(new { ok = true, message_ts = "1.000001" }),
                "files.completeUploadExternal" or "assistant.threads.setStatus" => Ok(new { ok = true }),
                _ => Wrong(method, "unknown_method"),
            };
        }
    }

    private IResult Add(Dictionary<string, string> arguments)
    {
        var thread = arguments.GetValueOrDefault("thread_ts");
        if (!ChaosRules.Channels.Contains(arguments["channel"]) || arguments["text"].Length == 0)
            return Wrong("chat.postMessage", "invalid_arguments");
        if (thread is not null && !posts.Exists(post => post.Ts == thread && post.Channel == arguments["channel"]))
            thread = null; // an answer to what somebody said there

        var ts = $"{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}.{++count:000000}";
        posts.Add(new ChaosPost(arguments["channel"], ts, thread, Key(arguments), [arguments["text"]]));
        return Ok(new { ok = true, channel = arguments["channel"], ts });
    }

    private IResult Edit(Dictionary<string, string> arguments)
    {
        if (posts.Find(post => post.Channel == arguments["channel"] && post.Ts == arguments["ts"]) is not { } post)
            return Wrong("chat.update", "message_not_found");

        post.Texts.Add(arguments["text"]);
        return Ok(new { ok = true, channel = post.Channel, ts = post.Ts });
    }

    /// <summary>Newest first, as many as asked for a page.</summary>
    private IResult List(Func<ChaosPost, bool> isWanted, Dictionary<string, string> arguments)
    {
        var oldest = decimal.Parse(arguments.GetValueOrDefault("oldest") ?? "0", CultureInfo.InvariantCulture);
        var skip = int.Parse(arguments.GetValueOrDefault("cursor") ?? "0", CultureInfo.InvariantCulture);
        var page = int.Parse(arguments.GetValueOrDefault("limit") ?? "100", CultureInfo.InvariantCulture);
        var all = posts.Where(post => post.Channel == arguments["channel"] && isWanted(post) && decimal.Parse(post.Ts, CultureInfo.InvariantCulture) >= oldest).Reverse().ToList();
        LookUps++;
        return Ok(new
        {
            ok = true,
            messages = all.Skip(skip).Take(page).Select(post => new { type = "message", ts = post.Ts, text = post.Texts[^1], metadata = Metadata(post) }).ToList(),
            response_metadata = new { next_cursor = skip + page < all.Count ? $"{skip + page}" : "" },
        });
    }

    private static object? Metadata(ChaosPost post) => post.Key is { } key ? new { event_type = "posted_by_key", event_payload = new { key } } : null;

    private static string? Key(Dictionary<string, string> arguments) =>
        arguments.TryGetValue("metadata", out var text) ? JsonDocument.Parse(text).RootElement.GetProperty("event_payload").GetProperty("key").GetString() : null;

    private IResult Wrong(string method, string error)
    {
        Violations.Enqueue($"{method}: {error}");
        return Ok(new { ok = false, error });
    }

    private static IResult Ok(object body) => Results.Json(body);
}
