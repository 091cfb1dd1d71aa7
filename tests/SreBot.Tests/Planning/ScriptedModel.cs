using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SreBot.Planning;

namespace SreBot.Tests.Planning;

/// <summary>A strict server of chat completions that answers by a script, one answer a request; anything out of order is a fault that the test sees.</summary>
internal sealed class ScriptedModel : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Queue<Func<HttpContext, Task>> script = new();

    private ScriptedModel(WebApplication app) => this.app = app;

    /// <summary>The requests' bodies, in order.</summary>
    public List<JsonElement> Requests { get; } = [];
    public List<string> Faults { get; } = [];
    public bool RepeatsLast { get; set; }

    public PlannerOptions Options => new() { Endpoint = $"{app.Urls.First()}/v1", Model = "test-model", ApiKey = "secret" };

    public static async Task<ScriptedModel> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var model = new ScriptedModel(app);
        app.Run(model.HandleAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return model;
    }

    public ScriptedModel Calls(string tool, string arguments) => Then(context => WriteAsync(context, Message(
        $$$"""{"role":"assistant","content":null,"tool_calls":[{"id":"call_{{{Requests.Count}}}","type":"function","function":{"name":"{{{tool}}}","arguments":{{{JsonSerializer.Serialize(arguments)}}} }}]}""", "tool_calls")));

    public ScriptedModel Says(string text) => Then(context => WriteAsync(context, Message($$"""{"role":"assistant","content":{{JsonSerializer.Serialize(text)}}}""", "stop")));

    public ScriptedModel Writes(string body) => Then(context => WriteAsync(context, body));

    /// <summary>Many calls of one tool in one answer.</summary>
    public ScriptedModel CallsAtOnce(string tool, int count) => Then(context => WriteAsync(context, Message(
        $$$"""{"role":"assistant","content":null,"tool_calls":[{{{string.Join(',', Enumerable.Range(0, count).Select(i => $$$"""{"id":"call_{{{i}}}","type":"function","function":{"name":"{{{tool}}}","arguments":"{}"}}"""))}}}]}""", "tool_calls")));

    /// <summary>Breaks off in the middle of an answer.</summary>
    public ScriptedModel Breaks() => Then(async context =>
    {
        await context.Response.WriteAsync("""{"id":"c1","choices":[{"index":0,"mess""");
        await context.Response.Body.FlushAsync();
        context.Abort();
    });

    /// <summary>Does not answer.</summary>
    /// <param name="asked">Completed when the question has come.</param>
    public ScriptedModel Hangs(TaskCompletionSource asked) => Then(async context =>
    {
        asked.SetResult();
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    });

    public ScriptedModel Refuses(int status, string retryAfter = "3600") => Then(context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = retryAfter;
        return WriteAsync(context, """{"error":{"message":"slow down","type":"requests","code":"rate_limit_exceeded"}}""");
    });

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private ScriptedModel Then(Func<HttpContext, Task> answer)
    {
        script.Enqueue(answer);
        return this;
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path != "/v1/chat/completions" || context.Request.Method != "POST" || context.Request.Headers.Authorization != "Bearer secret" || script.Count == 0)
        {
            Faults.Add($"{context.Request.Method} {context.Request.Path}");
            context.Response.StatusCode = 500;
            return;
        }

        var body = (await JsonDocument.ParseAsync(context.Request.Body)).RootElement.Clone();
        Check(body);
        Requests.Add(body);
        await (RepeatsLast && script.Count == 1 ? script.Peek() : script.Dequeue())(context);
    }

    /// <summary>What a real server refuses: another model, no system message first, a call without its answer, an answer without its call.</summary>
    private void Check(JsonElement body)
    {
        if (body.GetProperty("model").GetString() != "test-model")
            Faults.Add("another model");
        var open = new HashSet<string>();
        var messages = body.GetProperty("messages").EnumerateArray().ToList();
        if (messages[0].GetProperty("role").GetString() != "system")
            Faults.Add("no system message first");
        foreach (var message in messages)
        {
            var role = message.GetProperty("role").GetString();
            if (role == "tool" ? !open.Remove(message.GetProperty("tool_call_id").GetString()!) : open.Count > 0)
                Faults.Add($"a {role} message out of order");
            if (role == "assistant" && message.TryGetProperty("tool_calls", out var calls))
                open.UnionWith(calls.EnumerateArray().Select(call => call.GetProperty("id").GetString()!));
        }

        if (!body.GetProperty("tools").EnumerateArray().All(tool => tool.GetProperty("function").GetProperty("parameters").GetProperty("type").GetString() == "object"))
            Faults.Add("a tool without parameters");
    }

    private static string Message(string message, string reason) =>
        $$$"""{"id":"c1","object":"chat.completion","created":1700000000,"model":"test-model","choices":[{"index":0,"message":{{{message}}},"finish_reason":"{{{reason}}}"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""";

    private static Task WriteAsync(HttpContext context, string body)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    }
}
