using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Teams;

/// <summary>The Bot Connector's REST calls (learn.microsoft.com, "Bot Connector REST API reference").</summary>
internal sealed class TeamsConnector(IHttpClientFactory http, TeamsCredential credential, IOptions<TeamsOptions> options, TimeProvider time)
{
    /// <summary>Starts a thread in a channel, or a chat with one person; the same chat again when there is one.</summary>
    public Task<TeamsAnswer> CreateAsync(string serviceUrl, JsonObject conversation, CancellationToken cancel) =>
        CallAsync(HttpMethod.Post, serviceUrl, "v3/conversations", conversation, cancel);

    public Task<TeamsAnswer> SendAsync(string serviceUrl, string conversation, JsonObject activity, CancellationToken cancel) =>
        CallAsync(HttpMethod.Post, serviceUrl, $"v3/conversations/{Uri.EscapeDataString(conversation)}/activities", activity, cancel);

    public Task<TeamsAnswer> UpdateAsync(string serviceUrl, string conversation, string id, JsonObject activity, CancellationToken cancel) =>
        CallAsync(HttpMethod.Put, serviceUrl, $"v3/conversations/{Uri.EscapeDataString(conversation)}/activities/{Uri.EscapeDataString(id)}", activity, cancel);

    private async Task<TeamsAnswer> CallAsync(HttpMethod method, string serviceUrl, string path, JsonObject body, CancellationToken cancel)
    {
        if (!options.Value.AllowsService(serviceUrl))
            return new(new PostOutcome.GaveUp($"SreBot sends nothing to {serviceUrl}: its host is not in Teams:AllowedServiceHosts."));
        var url = new Uri($"{serviceUrl.TrimEnd('/')}/{path}");
        var content = body.ToJsonString(TeamsJson.Options);
        var answer = await CallOnceAsync(method, url, content, renew: false, cancel);
        return answer.Status == HttpStatusCode.Unauthorized && !options.Value.AllowAnonymous
            ? (await CallOnceAsync(method, url, content, renew: true, cancel)).Answer
            : answer.Answer;
    }

    private async Task<(HttpStatusCode? Status, TeamsAnswer Answer)> CallOnceAsync(HttpMethod method, Uri url, string content, bool renew, CancellationToken cancel)
    {
        var (token, failure) = await credential.GetAsync(renew, cancel);
        if (failure is not null)
            return (null, new(failure));
        using var request = new HttpRequestMessage(method, url) { Content = new StringContent(content, Encoding.UTF8, "application/json") };
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        try
        {
            using var client = http.CreateClient(TeamsServices.HttpClientName);
            using var response = await client.SendAsync(request, cancel);
            var body = ReadJson(await response.Content.ReadAsStringAsync(cancel));
            return (response.StatusCode, response.IsSuccessStatusCode
                ? new(null, body)
                : new(TeamsFault.Read(response.StatusCode, body, After(response.Headers.RetryAfter), method == HttpMethod.Post)));
        }
        catch (HttpRequestException error)
        {
            return (null, new(new PostOutcome.TryAgain($"Teams could not be reached ({error.HttpRequestError}).", IsUncertain: method == HttpMethod.Post && !NeverSent(error))));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, new(new PostOutcome.TryAgain("Teams did not answer in time.", IsUncertain: method == HttpMethod.Post)));
        }
    }

    private static bool NeverSent(HttpRequestException error) =>
        error.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    private TimeSpan? After(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date ? TimeSpan.FromTicks(Math.Max(0, (date - time.GetUtcNow()).Ticks)) : null);

    /// <summary>Some refusals come as HTML from a gateway, and some answers are empty.</summary>
    private static JsonElement ReadJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
