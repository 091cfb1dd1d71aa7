using System.Net.Http.Headers;
using System.Text.Json;
using SreBot.Model;

namespace SreBot.Cli;

/// <summary>Calls a server's API as its operator; ends the server when this command started it.</summary>
internal sealed class ServerClient : IAsyncDisposable
{
    private readonly HttpClient http;
    private readonly IServer? owned;

    public ServerClient(Uri address, string token, IServer? owned)
    {
        http = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        this.owned = owned;
    }

    public Uri Address => http.BaseAddress!;

    /// <exception cref="SreException">What the server said, or that it does not answer.</exception>
    public Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancel) =>
        SendAsync(method, path, body is null ? null : JsonContent.Create(body, options: SreJson.Options), cancel);

    /// <exception cref="SreException">What the server said, or that it does not answer.</exception>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await SendAsync(request, cancel);
        return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(cancel));
    }

    /// <summary>A file and the name that the server gives it.</summary>
    /// <exception cref="SreException">What the server said, or that it does not answer.</exception>
    public async Task<(byte[] Content, string Name)> DownloadAsync(string path, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await SendAsync(request, cancel);
        return (await response.Content.ReadAsByteArrayAsync(cancel), Path.GetFileName(response.Content.Headers.ContentDisposition?.FileName?.Trim('"') ?? path));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            var response = await http.SendAsync(request, cancel);
            if (response.IsSuccessStatusCode)
                return response;

            using (response)
            {
                throw new SreException(SreErrorKind.Invalid, Sentence(await response.Content.ReadAsStringAsync(cancel), response));
            }
        }
        catch (HttpRequestException error)
        {
            throw new SreException(SreErrorKind.Unavailable, $"SreBot at {Address} does not answer; is it still starting?", error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (owned is not null)
        {
            await owned.DisposeAsync();
        }
    }

    private static string Sentence(string text, HttpResponseMessage response)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text).GetProperty("error").GetString()!;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return $"SreBot answered {(int)response.StatusCode} {response.ReasonPhrase}.";
        }
    }
}
