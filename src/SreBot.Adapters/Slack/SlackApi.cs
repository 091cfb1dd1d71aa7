using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace SreBot.Adapters.Slack;

/// <summary>Slack's Web API. Every call is form-encoded, which every method takes; no call is repeated here.</summary>
internal sealed class SlackApi(IHttpClientFactory clients, IOptions<SlackOptions> options, TimeProvider time)
{
    public const string ClientName = "slack";
    public const string OpenConnection = "apps.connections.open";

    /// <summary>After this the answer is awaited no longer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement(new { });

    public Task<SlackResult> CallAsync(string method, IEnumerable<KeyValuePair<string, string>> arguments, CancellationToken cancel)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, options.Value.Method(method)) { Content = new FormUrlEncodedContent(arguments) };
        request.Headers.Authorization = new("Bearer", method == OpenConnection ? options.Value.AppToken : options.Value.BotToken);
        return SendAsync(method, request, answersInJson: true, cancel);
    }

    /// <summary>Sends a file's bytes to the address that <c>files.getUploadURLExternal</c> gave, without a token.</summary>
    public Task<SlackResult> UploadAsync(Uri address, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ReadOnlyMemoryContent(content) };
        request.Content.Headers.ContentType = new("application/octet-stream");
        return SendAsync("the upload", request, answersInJson: false, cancel);
    }

    /// <summary>Posts to a <c>response_url</c>, without a token.</summary>
    public Task<SlackResult> RespondAsync(Uri address, JsonObject message, CancellationToken cancel)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(message.ToJsonString(SlackJson.Compact), mediaType: new("application/json", "utf-8")) };
        return SendAsync("the response address", request, answersInJson: false, cancel);
    }

    private async Task<SlackResult> SendAsync(string method, HttpRequestMessage request, bool answersInJson, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            using (request)
            using (var response = await clients.CreateClient(ClientName).SendAsync(request, either.Token))
                return Read(method, response, answersInJson ? await response.Content.ReadAsByteArrayAsync(either.Token) : null);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new SlackResult.Unavailable($"Slack did not answer {method} within {Patience.TotalSeconds:0} s.", null, IsUncertain: true);
        }
        catch (HttpRequestException error)
        {
            var neverSent = error.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;
            return new SlackResult.Unavailable($"Slack cannot be reached for {method}: {error.Message}", null, !neverSent);
        }
    }

    private SlackResult Read(string method, HttpResponseMessage response, byte[]? body)
    {
        var after = RetryAfter(response.Headers.RetryAfter);
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
            return new SlackResult.Unavailable($"Slack limits the rate of {method}.", after, IsUncertain: false);
        if ((int)response.StatusCode >= 500)
            return new SlackResult.Unavailable($"Slack answered {(int)response.StatusCode} to {method}.", after, IsUncertain: true);
        if (!response.IsSuccessStatusCode)
            return new SlackResult.Refused($"http_{(int)response.StatusCode}", $"Slack answered {(int)response.StatusCode} to {method}: check Slack:ApiBase and the proxy.");
        if (body is null)
            return new SlackResult.Ok(Nothing);
        try
        {
            var answer = JsonSerializer.Deserialize<JsonElement>(body);
            return answer.IsTrue("ok") ? new SlackResult.Ok(answer) { Scopes = Scopes(response) } : SlackRefusal.Read(method, answer, after);
        }
        catch (JsonException)
        {
            return new SlackResult.Unavailable($"Slack's answer to {method} is no JSON.", null, IsUncertain: true);
        }
    }

    private static string[] Scopes(HttpResponseMessage response) => response.Headers.TryGetValues("X-OAuth-Scopes", out var values)
        ? string.Join(',', values).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : [];

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) => header switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => null,
    };
}
