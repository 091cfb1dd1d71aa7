using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using SreBot.Model;
using SreBot.Replies;

namespace SreBot.Delivery.Http;

/// <summary>Posts to a receiver over HTTP and says what came of it. No redirect is followed and no cookie kept; little of an answer is read.</summary>
internal sealed class HttpRoad(SocketsHttpHandler handler, TimeProvider time) : IDisposable
{
    private const int MostAnswerBytes = 4096;
    private const int LongestSentence = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly HttpClient client = new(Bounded(handler)) { Timeout = Timeout.InfiniteTimeSpan };

    /// <param name="receiver">As a person knows it, such as <c>webhook:ops</c>.</param>
    public async Task<OutboxOutcome> PostAsync(HttpRequestMessage request, string receiver, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            return Outcome(response, receiver, await SentenceAsync(response, both.Token));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new OutboxOutcome.TryAgain($"{receiver} did not answer within {Patience.TotalSeconds:0} seconds; it may have got the message all the same.");
        }
        catch (HttpRequestException error)
        {
            return Refusal(error) is { } refusal
                ? new OutboxOutcome.GaveUp(refusal.Message)
                : new OutboxOutcome.TryAgain($"{receiver} cannot be reached ({Why(error)}).");
        }
    }

    public void Dispose() => client.Dispose();

    private static SocketsHttpHandler Bounded(SocketsHttpHandler handler)
    {
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.MaxResponseHeadersLength = 16; // KB
        handler.MaxResponseDrainSize = 0;
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
        handler.ActivityHeadersPropagator = null; // what happens here is nothing to tell a receiver
        return handler;
    }

    private OutboxOutcome Outcome(HttpResponseMessage response, string receiver, string sentence)
    {
        var code = (int)response.StatusCode;
        var said = $"{receiver} answered {code}{(sentence.Length > 0 ? $": {sentence}" : ".")}";
        return code switch
        {
            >= 200 and < 300 => new OutboxOutcome.Delivered(),
            408 or 429 or >= 500 => new OutboxOutcome.TryAgain(said, After(response)),
            410 => new OutboxOutcome.GaveUp($"{receiver} says that it is gone (410); an admin removes it with: receiver remove {receiver}"),
            >= 300 and < 400 => new OutboxOutcome.GaveUp($"{receiver} sends on to another address ({code}), which is not followed."),
            _ => new OutboxOutcome.GaveUp(said),
        };
    }

    /// <summary>Null when it did not say.</summary>
    private TimeSpan? After(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return asked is { } after ? TimeSpan.FromTicks(Math.Clamp(after.Ticks, ShortestWait.Ticks, LongestWait.Ticks)) : null;
    }

    /// <summary>What the receiver says of a failure, on one line; empty when it says nothing, or everything went well.</summary>
    private static async Task<string> SentenceAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.IsSuccessStatusCode)
        {
            return "";
        }

        try
        {
            var bytes = new byte[MostAnswerBytes];
            await using var body = await response.Content.ReadAsStreamAsync(cancel);
            var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
            var text = PlainText.Line(Message(Encoding.UTF8.GetString(bytes, 0, length)).Trim());
            return text.Length <= LongestSentence ? text : $"{text[..LongestSentence]}…";
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            return "";
        }
    }

    /// <summary>Of JSON its message and errors, else the text.</summary>
    private static string Message(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind != JsonValueKind.Object ? body : string.Join(": ", new[] { Field(json.RootElement, "message"), Field(json.RootElement, "error"), Field(json.RootElement, "errors") }.OfType<string>());
        }
        catch (JsonException)
        {
            return body;
        }
    }

    private static string? Field(JsonElement json, string name) => !json.TryGetProperty(name, out var field) ? null : field.ValueKind switch
    {
        JsonValueKind.String => field.GetString(),
        JsonValueKind.Array => string.Join(", ", field.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString())),
        _ => null,
    };

    private static SreException? Refusal(Exception? error) => error is null ? null : error as SreException ?? Refusal(error.InnerException);

    private static string Why(HttpRequestException error) => error.HttpRequestError switch
    {
        _ when error.GetBaseException() is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => "its name is not known",
        HttpRequestError.NameResolutionError => "its name is not known",
        HttpRequestError.SecureConnectionError => "its certificate is not trusted, or it speaks no TLS",
        HttpRequestError.ConnectionError => "nothing answers there",
        _ => "the connection was lost; it may have got the message all the same",
    };
}
