using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace SreBot.Adapters.Teams;

/// <summary>The signing keys that an OpenID metadata document names, kept for a day.</summary>
internal sealed partial class TeamsKeySet(Uri metadata, IHttpClientFactory http, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>An unknown key id may be a new key or a forger's: it may not make SreBot fetch more often than this.</summary>
    private static readonly TimeSpan RefetchPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FirstFetchPause = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim gate = new(1);
    private Dictionary<string, TeamsKey>? keys;
    private DateTimeOffset fetchedAt = DateTimeOffset.MinValue;
    private DateTimeOffset triedAt = DateTimeOffset.MinValue;

    /// <summary>Null when no such key is known, or none could be fetched. Keys past their day stay in use while the service cannot be reached.</summary>
    public async Task<TeamsKey?> FindAsync(string id, CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            if (MustFetch(id))
                await TryFetchAsync(cancel);
            return keys?.GetValueOrDefault(id);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private bool MustFetch(string id)
    {
        var now = time.GetUtcNow();
        if (keys is null)
            return now - triedAt >= FirstFetchPause;
        var isWanted = now - fetchedAt >= Lifetime || !keys.ContainsKey(id);
        return isWanted && now - triedAt >= RefetchPause;
    }

    private async Task TryFetchAsync(CancellationToken cancel)
    {
        triedAt = time.GetUtcNow();
        try
        {
            keys = await FetchAsync(cancel);
            fetchedAt = triedAt;
        }
        catch (Exception error) when (error is HttpRequestException or JsonException || error is OperationCanceledException && !cancel.IsCancellationRequested)
        {
            LogFetchFailed(error, metadata);
        }
    }

    private async Task<Dictionary<string, TeamsKey>> FetchAsync(CancellationToken cancel)
    {
        using var client = http.CreateClient(TeamsServices.HttpClientName);
        var document = await GetAsync(client, metadata, cancel);
        if (!Uri.TryCreate(document.TextAt("jwks_uri"), UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
            throw new JsonException($"{metadata} names no https jwks_uri.");
        var found = await GetAsync(client, address, cancel);
        return found.At("keys").Items().Select(TeamsKey.Read).OfType<TeamsKey>().DistinctBy(key => key.Id).ToDictionary(key => key.Id);
    }

    private static async Task<JsonElement> GetAsync(HttpClient client, Uri address, CancellationToken cancel)
    {
        await using var stream = await client.GetStreamAsync(address, cancel);
        using var document = await JsonDocument.ParseAsync(stream, TeamsJson.Strict, cancel);
        return document.RootElement.Clone();
    }

    [LoggerMessage(LogLevel.Warning, "The keys that sign Teams activities could not be fetched from {Metadata}")]
    private partial void LogFetchFailed(Exception error, Uri metadata);
}
