using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace SreBot.Adapters.Slack;

/// <summary>Sends one request to Slack and reads what came of it; no request is repeated here.</summary>
internal sealed class SlackWire(IHttpClientFactory clients, TimeProvider time)
{
    public const string ClientName = "slack";

    /// <summary>After this the answer is awaited no longer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement(new { });

    /// <param name="method">Its name in sentences.</param>
    /// <param name="answersInJson">False where only the status counts.</param>
    public async Task<SlackResult> SendAsync(string method, HttpRequestMessage request, bool answersInJson, CancellationToken cancel)
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
