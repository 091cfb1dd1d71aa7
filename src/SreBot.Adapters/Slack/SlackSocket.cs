using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace SreBot.Adapters.Slack;

/// <summary>One Socket Mode connection: greeted, then each envelope is handed on and acknowledged on the same socket.</summary>
internal sealed partial class SlackSocket : IAsyncDisposable
{
    private const int LongestMessage = 4 * 1024 * 1024;
    private static readonly TimeSpan TimeToGreet = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TimeToDrain = TimeSpan.FromSeconds(3);

    private readonly ClientWebSocket _socket = new();
    private readonly SlackInbound _inbound;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly ConcurrentDictionary<Task, byte> _working = new();
    private readonly TaskCompletionSource _greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _retired = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;

    private SlackSocket(SlackInbound inbound, SlackSocketTiming timing, TimeProvider time, ILogger log)
    {
        (_inbound, _time, _log) = (inbound, time, log);
        _socket.Options.KeepAliveInterval = timing.PingEvery;
        _socket.Options.KeepAliveTimeout = timing.DeadAfter;
    }

    /// <summary>Ends with Slack's reason when it asks for another connection, or with <c>closed</c> when this one is dead. Until it is disposed it goes on to acknowledge.</summary>
    public Task<string> Retired => _retired.Task;

    /// <summary>Connects and waits for Slack's hello.</summary>
    /// <exception cref="WebSocketException">It did not come about.</exception>
    /// <exception cref="OperationCanceledException">No hello within 10 s.</exception>
    public static async Task<SlackSocket> ConnectAsync(Uri address, SlackInbound inbound, SlackSocketTiming timing, TimeProvider time, ILogger log, CancellationToken cancel)
    {
        var socket = new SlackSocket(inbound, timing, time, log);
        try
        {
            using var patience = new CancellationTokenSource(TimeToGreet, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
            await socket._socket.ConnectAsync(address, either.Token);
            socket._reading = Task.Run(socket.ReadAsync, CancellationToken.None);
            await socket._greeted.Task.WaitAsync(either.Token);
            return socket;
        }
        catch
        {
            await socket.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets what was taken in be acknowledged, then says goodbye.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeToDrain, _time);
        try
        {
            await Task.WhenAll(_working.Keys).WaitAsync(patience.Token);
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
            await _reading.WaitAsync(patience.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException)
        {
            LogEndedAbruptly(error.Message);
        }
        await _stop.CancelAsync();
        _socket.Dispose();
        await _reading;
        _stop.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await ReceiveAsync() is { } message)
                Take(message);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or JsonException or ObjectDisposedException)
        {
            LogEndedAbruptly(error.Message);
        }
        _greeted.TrySetException(new WebSocketException("Slack closed the socket before its hello."));
        _retired.TrySetResult("closed");
    }

    /// <summary>Null at the end of the connection.</summary>
    private async Task<JsonElement?> ReceiveAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(), _stop.Token);
            if (part.MessageType == WebSocketMessageType.Close || message.Length + part.Count > LongestMessage)
                return null;
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
                return JsonSerializer.Deserialize<JsonElement>(message.ToArray());
        }
    }

    private void Take(JsonElement message)
    {
        switch (message.Text("type"))
        {
            case "hello":
                _greeted.TrySetResult();
                break;
            case "disconnect":
                _retired.TrySetResult(message.Text("reason") ?? "disconnect");
                break;
            case "events_api":
                Work(SlackEnvelopeKind.Event, message);
                break;
            case "slash_commands":
                Work(SlackEnvelopeKind.Command, message);
                break;
            case "interactive":
                Work(SlackEnvelopeKind.Interaction, message);
                break;
            case var other:
                LogUnknown(other);
                break;
        }
    }

    /// <summary>Not awaited by the reader: a slow one must not hold up the acknowledgement of the next.</summary>
    private void Work(SlackEnvelopeKind kind, JsonElement message)
    {
        var working = WorkAsync(kind, message);
        if (working.IsCompleted)
            return;
        _working[working] = 0;
        working.ContinueWith(done => _working.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task WorkAsync(SlackEnvelopeKind kind, JsonElement message)
    {
        try
        {
            if (message.Text("envelope_id") is not { } id || message.At("payload") is not { } payload)
                return;
            var acknowledgement = await _inbound.TakeAsync(SlackEnvelope.Read(kind, payload, _time.GetUtcNow()), _stop.Token);
            if (!acknowledgement.IsTaken)
                return; // without an acknowledgement Slack delivers it again
            var answer = new JsonObject { ["envelope_id"] = id };
            if (acknowledgement.Payload is { } told)
                answer["payload"] = told;
            await SendAsync(JsonSerializer.SerializeToUtf8Bytes(answer));
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or InvalidOperationException)
        {
            LogNotAcknowledged(error.Message);
        }
    }

    private async Task SendAsync(byte[] message)
    {
        await _sending.WaitAsync(_stop.Token);
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, _stop.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    [LoggerMessage(LogLevel.Debug, "A Slack socket ended: {Why}")]
    private partial void LogEndedAbruptly(string why);

    [LoggerMessage(LogLevel.Debug, "Slack sent an envelope of unknown type {Type}")]
    private partial void LogUnknown(string? type);

    [LoggerMessage(LogLevel.Warning, "An envelope was not acknowledged and will come again: {Why}")]
    private partial void LogNotAcknowledged(string why);
}
