using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace SreBot.Adapters.Tests.Teams;

/// <summary>The Bot Connector, strict: a call it does not know or a body it does not like is a fault, and a fault fails the test.</summary>
internal sealed class ConnectorServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> instead = new();
    private readonly CancellationTokenSource stopping = new();
    private int lastId = 1000;

    private ConnectorServer(WebApplication app) => this.app = app;

    /// <summary>Who may call; null: anybody, and nobody may bring a token.</summary>
    public LoginServer? Login { get; set; }
    public ConcurrentQueue<string> Faults { get; } = new();

    /// <summary>Every call that was taken or refused, such as <c>POST 19:x/activities</c>, oldest first.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>The messages that are there, by conversation and id.</summary>
    public ConcurrentDictionary<(string Conversation, string Id), JsonObject> Messages { get; } = new();
    public ConcurrentDictionary<string, bool> Conversations { get; } = new();

    /// <summary>As Teams clients name it, without a last slash.</summary>
    public string ServiceUrl => app.Urls.First() + "/connector";

    public static async Task<ConnectorServer> StartAsync(CancellationToken cancel)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new ConnectorServer(builder.Build());
        server.app.Run(server.AnswerAsync);
        await server.app.StartAsync(cancel);
        foreach (var conversation in new[] { Activities.Channel, Activities.Group, Activities.Personal })
            server.Conversations[conversation] = true;
        return server;
    }

    /// <summary>The next call gets that status and nothing happens.</summary>
    public void Refuse(int status, string? code = null, string? retryAfter = null) => instead.Enqueue(async context =>
    {
        if (retryAfter is not null)
            context.Response.Headers.RetryAfter = retryAfter;
        await WriteErrorAsync(context, status, code);
    });

    /// <summary>The next call is done, and its answer is lost.</summary>
    public void Lose() => instead.Enqueue(async context =>
    {
        await DoAsync(context, new DefaultHttpContext().Response);
        context.Abort();
    });

    /// <summary>The next call is never answered.</summary>
    public void Hang() => instead.Enqueue(context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationTokenSource.CreateLinkedTokenSource(stopping.Token, context.RequestAborted).Token)
        .ContinueWith(_ => { }, TaskScheduler.Default));

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await app.DisposeAsync();
        stopping.Dispose();
        Assert.Empty(Faults);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (Login is { } login && !login.IsValid(context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal)))
        {
            Calls.Enqueue("401");
            await WriteErrorAsync(context, 401, "Unauthorized");
        }
        else if (Login is null && context.Request.Headers.Authorization.Count > 0)
        {
            await FaultAsync(context, "a token was sent to a place that must not have it");
        }
        else if (instead.TryDequeue(out var other))
        {
            Calls.Enqueue("injected");
            await other(context);
        }
        else
        {
            await DoAsync(context, context.Response);
        }
    }

    private async Task DoAsync(HttpContext context, HttpResponse response)
    {
        // The raw target shows how ids were escaped.
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var parts = target.Split('/', StringSplitOptions.RemoveEmptyEntries);
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync();
        if (target.Contains("//", StringComparison.Ordinal) || target.AsSpan().ContainsAny(":;@") || parts is not ["connector", "v3", "conversations", ..])
            await FaultAsync(context, $"unexpected {context.Request.Method} {target}");
        else if (text.Length > 100_000)
            await WriteAsync(response, 413, "<html>PayloadTooLargeError</html>", "text/html");
        else
            await DoAsync(context, response, parts[3..].Select(Uri.UnescapeDataString).ToArray(), JsonNode.Parse(text)!.AsObject());
    }

    private Task DoAsync(HttpContext context, HttpResponse response, string[] path, JsonObject body)
    {
        Calls.Enqueue($"{context.Request.Method} {string.Join('/', path)}".TrimEnd());
        return (context.Request.Method, path) switch
        {
            ("POST", []) => CreateAsync(context, response, body),
            ("POST", [var conversation, "activities"]) => SendAsync(context, response, conversation, body),
            ("PUT", [var conversation, "activities", var id]) => UpdateAsync(context, response, conversation, id, body),
            _ => FaultAsync(context, $"unexpected {context.Request.Method} {string.Join('/', path)}"),
        };
    }

    private Task CreateAsync(HttpContext context, HttpResponse response, JsonObject body)
    {
        if (body["bot"]?["id"] is null || (string?)body["tenantId"] != TokenMint.TenantId || (string?)body["channelData"]?["tenant"]?["id"] != TokenMint.TenantId)
            return FaultAsync(context, $"a conversation without bot or tenant: {body.ToJsonString()}");
        if ((bool?)body["isGroup"] == false)
        {
            if (body["members"] is not JsonArray { Count: 1 } members || body.ContainsKey("activity"))
                return FaultAsync(context, "a chat needs one member and takes no activity");
            var chat = $"a:chat-of-{(string)members[0]!["id"]!}";
            Conversations[chat] = true;
            return WriteAsync(response, 201, new JsonObject { ["id"] = chat });
        }

        if ((string?)body["channelData"]?["channel"]?["id"] is not { } channel || !Conversations.ContainsKey(channel) || body["activity"] is not JsonObject activity)
            return WriteErrorAsync(context, 500, "InvalidConversationType");
        if (MessageFault(activity) is { } fault)
            return FaultAsync(context, fault);
        var id = $"{Interlocked.Increment(ref lastId)}";
        Conversations[$"{channel};messageid={id}"] = true;
        Messages[($"{channel};messageid={id}", id)] = activity;
        return WriteAsync(response, 201, new JsonObject { ["id"] = $"{channel};messageid={id}", ["activityId"] = id });
    }

    private Task SendAsync(HttpContext context, HttpResponse response, string conversation, JsonObject activity)
    {
        if (!Conversations.ContainsKey(conversation))
            return WriteErrorAsync(context, 404, "ConversationNotFound");
        if ((string?)activity["type"] == "typing")
            return WriteAsync(response, 202, "", "text/plain");
        if (activity["attachments"] is JsonArray { Count: > 0 } attachments && (activity.ContainsKey("text") || attachments.Count > 1))
            return WriteAsync(response, 202, "", "text/plain"); // split into several messages, and none of their ids is told
        if (MessageFault(activity) is { } fault)
            return FaultAsync(context, fault);
        var id = $"{Interlocked.Increment(ref lastId)}";
        Messages[(conversation, id)] = activity;
        return WriteAsync(response, 201, new JsonObject { ["id"] = id });
    }

    private Task UpdateAsync(HttpContext context, HttpResponse response, string conversation, string id, JsonObject activity)
    {
        if (activity.ContainsKey("text") && activity.ContainsKey("attachments"))
            return WriteErrorAsync(context, 400, "BadSyntax");
        if (!Messages.ContainsKey((conversation, id)))
            return WriteErrorAsync(context, 404, "ActivityNotFoundInConversation");
        if (MessageFault(activity) is { } fault || (string?)activity["id"] != id && (fault = "the id in the body is another") is not null)
            return FaultAsync(context, fault);
        Messages[(conversation, id)] = activity;
        return WriteAsync(response, 200, new JsonObject { ["id"] = id });
    }

    /// <summary>What makes an activity of SreBot's malformed, or null.</summary>
    private static string? MessageFault(JsonObject activity)
    {
        if ((string?)activity["type"] != "message" || (string?)activity["from"]?["id"] != Activities.Bot || activity["summary"] is null)
            return $"a message without type, sender or summary: {activity.ToJsonString()}";
        if (activity["attachments"] is not JsonArray { Count: 1 } attachments || (string?)attachments[0]!["contentType"] != "application/vnd.microsoft.card.adaptive")
            return "not exactly one card";
        var card = attachments[0]!["content"]!;
        return (string?)card["type"] == "AdaptiveCard" && (string?)card["version"] == "1.5" && card["body"] is JsonArray { Count: > 0 } ? null : "not an Adaptive Card 1.5";
    }

    private async Task FaultAsync(HttpContext context, string fault)
    {
        Faults.Enqueue(fault);
        await WriteErrorAsync(context, 400, "TestFault");
    }

    private static Task WriteErrorAsync(HttpContext context, int status, string? code) =>
        WriteAsync(context.Response, status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = "as the test wants" } });

    private static Task WriteAsync(HttpResponse response, int status, JsonObject body) => WriteAsync(response, status, body.ToJsonString(), "application/json");

    private static Task WriteAsync(HttpResponse response, int status, string body, string type)
    {
        response.StatusCode = status;
        response.ContentType = type;
        return response.WriteAsync(body);
    }
}
