using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>A streamed message: the steps of the work are added one by one, the answer and its key come at the end, in one call. So a message that was cut off never holds half an answer
/// (docs.slack.dev/reference/methods/chat.startStream).</summary>
internal sealed partial class SlackStream(ChatAddress address, SlackApi api, SlackUploader uploads, SlackThreads threads, SlackPoster poster, PublicAddress links, ILogger log) : IChatStream
{
    private const int LongestStep = 150;

    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;
    private string? _ts;
    private int _steps;
    private string _step = "";
    private bool _isRefused;
    private bool _isEnding;

    public Task ShowAsync(string step, CancellationToken cancel) => InTurn(async () =>
    {
        if (_isEnding)
            return true;
        if (_isRefused)
            await poster.ShowProgressAsync(address, step, cancel);
        else if (_ts is null)
            await StartAsync(step, cancel);
        else
            await AppendAsync(step, cancel);
        return true;
    });

    public Task<PostOutcome> FinishAsync(ChatReply reply, string key, CancellationToken cancel) => InTurn(() =>
    {
        _isEnding = true;
        return _ts is { } ts ? StopAsync(ts, reply, key, cancel) : poster.PostAsync(address, reply, key, cancel);
    });

    /// <summary>One call after the other, in the order in which they were asked for.</summary>
    private Task<T> InTurn<T>(Func<Task<T>> work)
    {
        lock (_gate)
        {
            var next = AfterAsync(_last, work);
            _last = next;
            return next;
        }
    }

    private static async Task<T> AfterAsync<T>(Task before, Func<Task<T>> work)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        return await work();
    }

    private async Task StartAsync(string step, CancellationToken cancel)
    {
        var result = await api.CallAsync(address.Workspace, "chat.startStream", Arguments(("thread_ts", address.Thread!), ("chunks", Chunks(Step(1, step, isDone: false)))), cancel);
        if (result is SlackResult.Ok ok && ok.Body.Text("ts") is { } ts)
        {
            (_ts, _steps, _step) = (ts, 1, step);
            return;
        }
        _isRefused = true;
        LogNotStreamed(result);
        await poster.ShowProgressAsync(address, step, cancel);
    }

    private async Task AppendAsync(string step, CancellationToken cancel)
    {
        var chunks = Chunks(Step(_steps, _step, isDone: true), Step(_steps + 1, step, isDone: false));
        var result = await api.CallAsync(address.Workspace, "chat.appendStream", Arguments(("ts", _ts!), ("chunks", chunks)), cancel);
        if (result is SlackResult.Ok)
            (_steps, _step) = (_steps + 1, step);
        else
            LogNotStreamed(result);
    }

    private async Task<PostOutcome> StopAsync(string ts, ChatReply reply, string key, CancellationToken cancel)
    {
        var parts = SlackPart.Of(reply, links, saysSo: false);
        var files = uploads.Prepare(reply);
        (string, string)[] message = [("ts", ts), ("blocks", parts[0].Blocks), ("metadata", SlackMetadata.Head(key, parts, files.Select(file => file.Name)))];
        var result = await api.CallAsync(address.Workspace, "chat.stopStream", Arguments([.. message, ("chunks", Chunks(Step(_steps, _step, isDone: true)))]), cancel);
        if (result is SlackResult.Refused) // the stream ended without us: the person stopped it, or it took too long. Its message becomes the answer
            result = await api.CallAsync(address.Workspace, "chat.update", Arguments([.. message, ("text", parts[0].Text)]), cancel);
        switch (result)
        {
            case SlackResult.Ok:
                return await threads.ReplaceAsync(address, ts, parts, files, cancel) is PostOutcome.TryAgain again ? again with { IsUncertain = true } : new PostOutcome.Posted(ts);
            case SlackResult.Unavailable later:
                return new PostOutcome.TryAgain(later.Why, later.After, later.IsUncertain);
            default:
                LogNotStreamed(result);
                await api.CallAsync(address.Workspace, "chat.delete", Arguments(("ts", ts)), cancel); // only steps are lost with it
                _ts = null;
                return await poster.PostAsync(address, reply, key, cancel);
        }
    }

    private Dictionary<string, string> Arguments(params ReadOnlySpan<(string Name, string Value)> more)
    {
        var arguments = new Dictionary<string, string> { ["channel"] = address.Channel };
        foreach (var (name, value) in more)
            arguments[name] = value;
        return arguments;
    }

    private static string Chunks(params IEnumerable<JsonNode> chunks) => new JsonArray([.. chunks]).ToJsonString(SlackJson.Compact);

    private static JsonObject Step(int number, string step, bool isDone) => new()
    {
        ["type"] = "task_update",
        ["id"] = number.ToString(CultureInfo.InvariantCulture),
        ["title"] = SlackText.Cut(step, LongestStep),
        ["status"] = isDone ? "complete" : "in_progress",
    };

    [LoggerMessage(LogLevel.Debug, "A streamed message went on without Slack: {Result}")]
    private partial void LogNotStreamed(SlackResult result);
}
