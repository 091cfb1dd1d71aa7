using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>Slack's end of a Socket Mode connection.</summary>
internal sealed class StrictSocket(WebSocket socket, ConcurrentQueue<string> violations)
{
    private readonly ConcurrentDictionary<string, bool> _unacknowledged = new();

    /// <summary>Set when the connection may be torn down.</summary>
    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the last acknowledgement carried; null for nothing.</summary>
    public JsonElement? Told { get; private set; }

    public Task GreetAsync() => SendAsync(new { type = "hello", num_connections = 1, connection_info = new { app_id = "A01" } });

    public Task DisconnectAsync(string reason) => SendAsync(new { type = "disconnect", reason });

    public Task SendEnvelopeAsync(string id, string type, object payload)
    {
        _unacknowledged[id] = true;
        return SendAsync(new { envelope_id = id, type, payload, accepts_response_payload = type != "events_api" });
    }

    /// <summary>The next acknowledgement's envelope id; null when the other end said goodbye.</summary>
    public async Task<string?> ReceiveAsync()
    {
        var buffer = new byte[64 * 1024];
        var part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
        if (part.MessageType == WebSocketMessageType.Close)
            return null;
        var message = JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, part.Count));
        var id = message.GetProperty("envelope_id").GetString()!;
        if (!_unacknowledged.TryRemove(id, out _))
            violations.Enqueue($"envelope {id} was acknowledged on another socket, or twice");
        if (message.EnumerateObject().Any(field => field.Name is not ("envelope_id" or "payload")))
            violations.Enqueue("an acknowledgement has envelope_id and payload alone");
        Told = message.TryGetProperty("payload", out var payload) ? payload : null;
        return id;
    }

    public async Task CloseAsync()
    {
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        Ended.TrySetResult();
    }

    private Task SendAsync(object message) => socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, CancellationToken.None);
}
