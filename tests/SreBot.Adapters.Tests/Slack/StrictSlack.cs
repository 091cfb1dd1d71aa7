using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>A Slack workspace that is stricter than Slack: a call it does not know, or one against the rules, is remembered and fails the test.</summary>
internal sealed class StrictSlack : IAsyncDisposable
{
    public const string BotToken = "xoxb-local";
    public const string AppToken = "xapp-local";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Fault>> _faults = new();
    private readonly ConcurrentDictionary<string, SlackFile> _files = new();
    private readonly ConcurrentDictionary<string, bool> _tickets = new();
    private readonly CancellationTokenSource _end = new();
    private readonly List<SlackPost> _posts = [];
    private readonly ConcurrentDictionary<string, bool> _triggers = new();
    private readonly ConcurrentDictionary<string, bool> _streams = new();
    private int _count;

    private StrictSlack(WebApplication app) => _app = app;

    public ConcurrentQueue<string> Violations { get; } = new();
    public ConcurrentQueue<SlackCall> Calls { get; } = new();
    public ConcurrentQueue<JsonElement> Responses { get; } = new();
    /// <summary>What stands in each open modal by its id, and on each person's page by theirs.</summary>
    public ConcurrentDictionary<string, JsonElement> Views { get; } = new();
    public Channel<StrictSocket> Sockets { get; } = Channel.CreateUnbounded<StrictSocket>();

    /// <summary>The workspaces that installed the app by OAuth; none until a test says so.</summary>
    public SlackGrants Grants { get; } = new();

    /// <summary>What <c>auth.test</c> says beside its answer; null: nothing.</summary>
    public string? Scopes { get; set; }

    /// <summary>When messages are posted, by its clock: seconds since 1970.</summary>
    public long Second { get; set; } = 1790000000;

    /// <summary>Written when a call begins to hang.</summary>
    public Channel<string> Hanging { get; } = Channel.CreateUnbounded<string>();

    public Uri Address => new(_app.Urls.First());
    public string ApiBase => $"{Address}api/";

    public IReadOnlyList<SlackPost> Posts
    {
        get { lock (_posts) return [.. _posts]; }
    }

    public static async Task<StrictSlack> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.UseWebSockets();
        var slack = new StrictSlack(app);
        app.MapPost("/api/{method}", slack.CallAsync);
        app.MapPost("/upload/{id}", slack.UploadAsync);
        app.MapPost("/response", (Delegate)slack.RespondAsync);
        app.Map("/link", slack.ConnectAsync);
        await app.StartAsync();
        return slack;
    }

    public void Break(string method, params Fault[] faults)
    {
        foreach (var fault in faults)
            _faults.GetOrAdd(method, _ => new()).Enqueue(fault);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _app.DisposeAsync();
        _end.Dispose();
        Assert.Empty(Violations);
    }

    private async Task<IResult> CallAsync(string method, HttpContext http)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync() : null;
        var arguments = form?.ToDictionary(field => field.Key, field => field.Value.ToString()) ?? [];
        Calls.Enqueue(new(method, arguments));
        var fault = _faults.TryGetValue(method, out var faults) && faults.TryDequeue(out var next) ? next : null;
        switch (fault)
        {
            case Fault.Rate rate:
                http.Response.Headers.RetryAfter = rate.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
                return Results.Json(new { ok = false, error = "ratelimited" }, statusCode: 429);
            case Fault.Status { AfterTheWork: false, Code: var code }:
                return Results.Text("upstream error", statusCode: code);
            case Fault.Error error:
                return Results.Json(new { ok = false, error = error.Word, needed = error.Needed });
            case Fault.Hang hang:
                if (hang.AfterTheWork)
                    Work(method, arguments);
                await Hanging.Writer.WriteAsync(method);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationTokenSource.CreateLinkedTokenSource(_end.Token, http.RequestAborted).Token)
                    .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                return Results.StatusCode(500);
        }
        if (method == "oauth.v2.access")
            return Results.Json(Grants.Exchange(arguments, Violations));
        var token = http.Request.Headers.Authorization.ToString().Replace("Bearer ", "");
        foreach (var violation in StrictSlackRules.Check(method, http.Request, arguments).Where(violation => violation != "wrong token" || !Grants.Knows(token)))
            Violations.Enqueue($"{method}: {violation}");
        if (Grants.Use(token, method, arguments) is { } refusal)
            return Results.Json(refusal);
        if (method == "auth.test" && Scopes is { } scopes)
            http.Response.Headers["X-OAuth-Scopes"] = scopes;
        var answer = method == "auth.test" && Grants.Test(token) is { } test ? test : Work(method, arguments);
        return fault is Fault.Status after ? Results.Text("upstream error", statusCode: after.Code) : Results.Json(answer);
    }

    private object Work(string method, Dictionary<string, string> arguments)
    {
        switch (method)
        {
            case "chat.postMessage":
                return new { ok = true, channel = arguments["channel"], ts = Add(arguments, null).Ts };
            case "chat.postEphemeral":
                return new { ok = true, message_ts = Add(arguments, arguments["user"]).Ts };
            case "chat.update":
                return Update(arguments) ? new { ok = true, channel = arguments["channel"], ts = arguments["ts"] } : new { ok = false, error = "message_not_found" };
            case "conversations.history":
                return List(post => post.Thread is null && post.OnlyFor is null, arguments);
            case "conversations.replies":
                return List(post => (post.Thread == arguments["ts"] || post.Ts == arguments["ts"]) && post.OnlyFor is null, arguments);
            case "chat.delete":
                return Remove(arguments) ? new { ok = true } : new { ok = false, error = "message_not_found" };
            case "chat.startStream":
                var started = Add(new(arguments) { ["text"] = "" }, null);
                _streams[started.Ts] = true;
                return new { ok = true, channel = started.Channel, ts = started.Ts };
            case "chat.appendStream":
                return _streams.GetValueOrDefault(arguments["ts"]) ? new { ok = true } : new { ok = false, error = "message_not_in_streaming_state" };
            case "chat.stopStream":
                return Stop(arguments) ? new { ok = true } : new { ok = false, error = "message_not_in_streaming_state" };
            case "views.open":
                return _triggers.TryAdd(arguments["trigger_id"], true) ? Show($"V{Next()}", arguments) : new { ok = false, error = "exchanged_trigger_id" };
            case "views.update":
                return Views.ContainsKey(arguments["view_id"]) ? Show(arguments["view_id"], arguments) : new { ok = false, error = "not_found" };
            case "views.publish":
                return Show(arguments["user_id"], arguments);
            case "conversations.open":
                return new { ok = true, channel = new { id = "D0" + arguments["users"] } };
            case "files.getUploadURLExternal":
                var file = new SlackFile { Id = $"F{Next()}", Name = arguments["filename"], Length = int.Parse(arguments["length"]), Alternative = arguments.GetValueOrDefault("alt_txt") };
                _files[file.Id] = file;
                return new { ok = true, upload_url = $"{Address}upload/{file.Id}", file_id = file.Id };
            case "files.completeUploadExternal":
                return Share(arguments);
            case "auth.test":
                return new { ok = true, url = "https://test.slack.com/", team = "Test", user = "sre-bot", team_id = "T01TEST", user_id = "U0BOT", bot_id = "B01" };
            case "apps.connections.open":
                var ticket = $"T{Next()}";
                _tickets[ticket] = true;
                return new { ok = true, url = $"ws://{Address.Authority}/link?ticket={ticket}" };
            default:
                return new { ok = true };
        }
    }

    private static object Answer(string? error) => error is null ? new { ok = true } : new { ok = false, error };

    private SlackPost Add(Dictionary<string, string> arguments, string? onlyFor)
    {
        var post = new SlackPost(arguments["channel"], $"{Second}.{Next():000000}", arguments.GetValueOrDefault("thread_ts"), arguments["text"],
            Json(arguments, "blocks"), Json(arguments, "metadata"), onlyFor);
        lock (_posts)
            _posts.Add(post);
        return post;
    }

    private object Show(string id, Dictionary<string, string> arguments)
    {
        Views[id] = JsonDocument.Parse(arguments["view"]).RootElement;
        return new { ok = true, view = new { id, hash = $"{Next()}.abc" } };
    }

    /// <summary>The end of a stream, as somebody else may bring it about.</summary>
    public void EndStreams() => _streams.Clear();

    private bool Stop(Dictionary<string, string> arguments)
    {
        if (!_streams.TryRemove(arguments["ts"], out _))
            return false;
        lock (_posts)
        {
            var index = _posts.FindIndex(post => post.Ts == arguments["ts"]);
            _posts[index] = _posts[index] with { Blocks = Json(arguments, "blocks"), Metadata = Json(arguments, "metadata") };
        }
        return true;
    }

    private bool Remove(Dictionary<string, string> arguments)
    {
        lock (_posts)
            return _posts.RemoveAll(post => post.Channel == arguments["channel"] && post.Ts == arguments["ts"]) == 1;
    }

    private bool Update(Dictionary<string, string> arguments)
    {
        lock (_posts)
        {
            var index = _posts.FindIndex(post => post.Channel == arguments["channel"] && post.Ts == arguments["ts"] && post.OnlyFor is null);
            if (index < 0 || _streams.ContainsKey(arguments["ts"]))
                return false;
            _posts[index] = _posts[index] with { Text = arguments["text"], Blocks = Json(arguments, "blocks"), Metadata = Json(arguments, "metadata") ?? _posts[index].Metadata };
            return true;
        }
    }

    /// <summary>Pages of two, newest first, with metadata only when it is asked for.</summary>
    private object List(Func<SlackPost, bool> isWanted, Dictionary<string, string> arguments)
    {
        var oldest = decimal.Parse(arguments.GetValueOrDefault("oldest") ?? "0", CultureInfo.InvariantCulture);
        var skip = int.Parse(arguments.GetValueOrDefault("cursor") ?? "0", CultureInfo.InvariantCulture);
        var all = Posts.Where(post => post.Channel == arguments["channel"] && isWanted(post) && decimal.Parse(post.Ts, CultureInfo.InvariantCulture) >= oldest).Reverse().ToList();
        var withMetadata = arguments.GetValueOrDefault("include_all_metadata") == "true";
        return new
        {
            ok = true,
            messages = all.Skip(skip).Take(2).Select(post => new { type = "message", ts = post.Ts, text = post.Text, files = post.Files.Select(file => new { id = file.Id, name = file.Name }), metadata = withMetadata ? post.Metadata : null }),
            response_metadata = new { next_cursor = skip + 2 < all.Count ? (skip + 2).ToString(CultureInfo.InvariantCulture) : "" },
        };
    }

    private object Share(Dictionary<string, string> arguments)
    {
        var files = JsonDocument.Parse(arguments["files"]).RootElement.EnumerateArray().Select(item => _files.GetValueOrDefault(item.GetProperty("id").GetString()!)).ToList();
        if (files.Any(file => file?.Content is null || file.Content.Length != file.Length))
            return new { ok = false, error = "file_not_found" };
        lock (_posts)
            _posts.Add(new(arguments["channel_id"], $"{Second}.{Next():000000}", arguments.GetValueOrDefault("thread_ts"), "", null, null) { Files = files! });
        return new { ok = true, files = files.Select(file => new { id = file!.Id }) };
    }

    private async Task<IResult> UploadAsync(string id, HttpContext http)
    {
        if (http.Request.Headers.Authorization.Count > 0)
            Violations.Enqueue("an upload carries no token");
        if (_faults.TryGetValue("upload", out var faults) && faults.TryDequeue(out var fault))
            return Results.StatusCode(((Fault.Status)fault).Code);
        using var content = new MemoryStream();
        await http.Request.Body.CopyToAsync(content);
        _files[id].Content = content.ToArray();
        return Results.Text($"OK - {content.Length}");
    }

    private async Task<IResult> RespondAsync(HttpContext http)
    {
        if (http.Request.ContentType != "application/json; charset=utf-8" || http.Request.Headers.Authorization.Count > 0)
            Violations.Enqueue("a response is JSON and carries no token");
        Responses.Enqueue((await JsonDocument.ParseAsync(http.Request.Body)).RootElement);
        return Results.Text("ok");
    }

    private async Task ConnectAsync(HttpContext http)
    {
        if (!_tickets.TryRemove(http.Request.Query["ticket"].ToString(), out _))
        {
            Violations.Enqueue("a socket address is good for one connection");
            http.Response.StatusCode = 403;
            return;
        }
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var connection = new StrictSocket(socket, Violations);
        await Sockets.Writer.WriteAsync(connection);
        await connection.Ended.Task.WaitAsync(_end.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private static JsonElement? Json(Dictionary<string, string> arguments, string name) =>
        arguments.TryGetValue(name, out var text) ? JsonDocument.Parse(text).RootElement : null;

    private int Next() => Interlocked.Increment(ref _count);
}
