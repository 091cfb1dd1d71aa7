using System.IO.Compression;
using System.Net;
using Polly;
using Polly.Retry;
using SreBot.Model;
using SreBot.Telemetry.Wire;

namespace SreBot.Telemetry.Http;

/// <summary>A ClickHouse server over its HTTP interface. Reads are tried three times; a write is tried once, and its caller may repeat it with the same token.</summary>
internal sealed class HttpTransport : IClickHouseTransport
{
    private const string Format = "RowBinaryWithNamesAndTypes";

    private readonly HttpAddress address;
    private readonly HttpClient client;
    private readonly IReadOnlyDictionary<string, string> limits;
    private readonly ResiliencePipeline retry;

    /// <exception cref="SreException">Invalid, when <see cref="TelemetryOptions.Endpoint"/> is no address.</exception>
    public HttpTransport(TelemetryOptions options, TimeProvider time)
    {
        address = HttpAddress.From(options);
        limits = ReadLimits.Of(options);
        client = new HttpClient(new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.GZip,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5), // a name may move
            ConnectTimeout = TimeSpan.FromSeconds(5),
        })
        { Timeout = TimeSpan.FromMinutes(10) };
        retry = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<SreException>(error => error is { Kind: SreErrorKind.Unavailable, InnerException: HttpRequestException or IOException or null }),
            MaxRetryAttempts = 2,
            Delay = TimeSpan.FromMilliseconds(100),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        }).Build();
    }

    public async Task<RowBinaryReader> QueryAsync(string sql, IReadOnlyDictionary<string, string> parameters, CancellationToken cancel)
    {
        var query = new Dictionary<string, string>(limits)
        {
            ["default_format"] = Format,
            ["enable_http_compression"] = "1",
            ["cancel_http_readonly_queries_on_client_close"] = "1",
            ["wait_end_of_query"] = "1", // an error that comes late is still a status, not the tail of a good answer
        };
        foreach (var (name, text) in parameters)
        {
            query[$"param_{name}"] = text;
        }

        return await retry.ExecuteAsync(async token => new RowBinaryReader(await SendAsync(query, () => new StringContent(sql), token)), cancel);
    }

    public async Task<RowBinaryReader> CheckGrantAsync(string right, CancellationToken cancel) =>
        new(await SendAsync(Writing(("default_format", Format)), () => new StringContent($"CHECK GRANT {right}"), cancel));

    public Task ExecuteAsync(string sql, CancellationToken cancel) =>
        SendAsync(Writing(), () => new StringContent(sql), cancel);

    public Task InsertAsync(string sql, IReadOnlyList<ReadOnlyMemory<byte>> block, CancellationToken cancel) =>
        SendAsync(Writing(("query", $"{sql}\nFORMAT Native")), () => Compressed(block), cancel);

    private const string VersionSql = "SELECT version() AS version";

    public async Task<string> DescribeAsync(CancellationToken cancel)
    {
        await using var reader = await QueryAsync(VersionSql, new Dictionary<string, string>(), cancel);
        return reader.Read() ? $"ClickHouse {reader.GetString(0)} at {address.Shown}" : $"ClickHouse at {address.Shown}";
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Dictionary<string, string> Writing(params (string Name, string Value)[] more)
    {
        var query = new Dictionary<string, string> { ["session_timezone"] = "UTC", ["wait_end_of_query"] = "1" };
        foreach (var (name, value) in more)
        {
            query[name] = value;
        }

        return query;
    }

    private async Task<byte[]> SendAsync(Dictionary<string, string> query, Func<HttpContent> content, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address.With(query)) { Content = content() };
        request.Headers.Authorization = address.Authorization;
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return await HttpAnswer.ReadAsync(response, address.Shown, cancel);
        }
        catch (HttpRequestException error)
        {
            throw new SreException(SreErrorKind.Unavailable, $"The telemetry store at {address.Shown} does not answer.", error);
        }
        catch (OperationCanceledException error) when (!cancel.IsCancellationRequested)
        {
            throw new SreException(SreErrorKind.Unavailable, $"The telemetry store at {address.Shown} did not answer in time.", error);
        }
    }

    private static ByteArrayContent Compressed(IReadOnlyList<ReadOnlyMemory<byte>> block)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var piece in block)
            {
                gzip.Write(piece.Span);
            }
        }

        return new ByteArrayContent(packed.GetBuffer(), 0, (int)packed.Length) { Headers = { { "Content-Encoding", "gzip" } } };
    }
}
