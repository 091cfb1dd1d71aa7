using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SreBot.Model;
using SreBot.Telemetry.Chdb;
using SreBot.Telemetry.Wire;

namespace SreBot.Tests.Telemetry;

/// <summary>ClickHouse's HTTP interface, as far as clients use it, before the embedded engine. A connection a request, with the settings of its address.</summary>
internal sealed partial class ClickHouseHttpFront : IAsyncDisposable
{
    private static readonly string[] NotSettings =
        ["query", "database", "default_format", "session_id", "session_timeout", "session_check", "query_id", "user", "password", "compress", "decompress",
         "enable_http_compression", "wait_end_of_query", "buffer_size", "role", "quota_key", "cancel_http_readonly_queries_on_client_close", "send_progress_in_http_headers", "http_headers_progress_interval_ms"];

    private readonly Func<IEnumerable<string>, ChdbConnection> connect;
    private readonly WebApplication app;

    private ClickHouseHttpFront(Func<IEnumerable<string>, ChdbConnection> connect)
    {
        this.connect = connect;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        app = builder.Build();
        app.MapGet("/ping", () => Results.Text("Ok.\n"));
        app.Run(AnswerAsync);
    }

    public const string User = "sre";
    public const string Password = "p:w/\"ö";

    public string Address => app.Urls.First();

    public string Endpoint => Address.Replace("//", $"//{User}:{Uri.EscapeDataString(Password)}@", StringComparison.Ordinal);

    /// <summary>For the next answers, one each.</summary>
    public Queue<FrontFault> Faults { get; } = new();

    /// <summary>What was asked to run, oldest first.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Statements { get; } = new();

    /// <summary>Requests so far, but for pings.</summary>
    public int Requests { get; private set; }

    /// <summary>The last request's <c>Content-Encoding</c> and the last answer's.</summary>
    public (string Request, string Answer) Encodings { get; private set; }

    public static async Task<ClickHouseHttpFront> StartAsync(Func<IEnumerable<string>, ChdbConnection> connect)
    {
        var front = new ClickHouseHttpFront(connect);
        await front.app.StartAsync();
        return front;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Requests++;
        var fault = Faults.TryDequeue(out var next) ? next : FrontFault.None;
        if (fault == FrontFault.BadGateway)
        {
            context.Response.StatusCode = 503;
            await context.Response.WriteAsync("upstream is down", context.RequestAborted);
            return;
        }

        var headers = context.Response.Headers;
        headers["X-ClickHouse-Server-Display-Name"] = "front";
        headers["X-ClickHouse-Query-Id"] = context.Request.Query["query_id"].FirstOrDefault() ?? Guid.NewGuid().ToString();
        headers["X-ClickHouse-Timezone"] = "UTC";
        try
        {
            Authorize(context.Request);
            var body = await BodyAsync(context.Request);
            var (answer, format, summary) = await Task.Run(() => Run(context.Request, body));
            headers["X-ClickHouse-Format"] = format;
            headers["X-ClickHouse-Summary"] = summary;
            await WriteAsync(context, answer, fault);
        }
        catch (Exception error) when (error is SreException { InnerException: ClickHouseException } or ClickHouseException)
        {
            var cause = error as ClickHouseException ?? (ClickHouseException)error.InnerException!;
            headers["X-ClickHouse-Exception-Code"] = cause.Code.ToString(CultureInfo.InvariantCulture);
            context.Response.StatusCode = Status(cause.Code);
            if (context.Response.StatusCode == 401)
                headers.WWWAuthenticate = "Basic realm=\"ClickHouse server HTTP API\"";

            await context.Response.WriteAsync(cause.Message + "\n", context.RequestAborted);
        }
    }

    private static void Authorize(HttpRequest request)
    {
        var (user, key) = (request.Headers["X-ClickHouse-User"].FirstOrDefault(), request.Headers["X-ClickHouse-Key"].FirstOrDefault());
        if (request.Headers.Authorization.FirstOrDefault() is { } basic && basic.StartsWith("Basic ", StringComparison.Ordinal))
        {
            if (user is not null)
                throw new ClickHouseException(516, "Code: 516. DB::Exception: Invalid authentication: it is not allowed to use X-ClickHouse HTTP headers and other authentication methods simultaneously. (AUTHENTICATION_FAILED)");

            var parts = Encoding.UTF8.GetString(Convert.FromBase64String(basic[6..])).Split(':', 2);
            (user, key) = (parts[0], parts[1]);
        }

        if (user is null)
            throw new ClickHouseException(194, "Code: 194. DB::Exception: default: Authentication failed: password is required. (REQUIRED_PASSWORD)");

        if (user != User || key != Password)
            throw new ClickHouseException(516, $"Code: 516. DB::Exception: {user}: Authentication failed: password is incorrect, or there is no user with such name. (AUTHENTICATION_FAILED)");
    }

    private async Task<byte[]> BodyAsync(HttpRequest request)
    {
        Encodings = (request.Headers.ContentEncoding.ToString(), "");
        using var body = new MemoryStream();
        await using var plain = request.Headers.ContentEncoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
        await plain.CopyToAsync(body, request.HttpContext.RequestAborted);
        return body.ToArray();
    }

    private (byte[] Answer, string Format, string Summary) Run(HttpRequest request, byte[] body)
    {
        var settings = request.Query.Where(pair => !NotSettings.Contains(pair.Key) && !pair.Key.StartsWith("param_", StringComparison.Ordinal)).Select(pair => $"{pair.Key}={pair.Value}");
        using var connection = connect(HttpMethods.IsGet(request.Method) ? settings.Append("readonly=1") : settings);
        var parameters = request.Query.Where(pair => pair.Key.StartsWith("param_", StringComparison.Ordinal)).ToDictionary(pair => pair.Key[6..], pair => pair.Value.ToString());
        if (request.Query["database"].FirstOrDefault() is { Length: > 0 } database)
            connection.Query("USE {database:Identifier}", "Null", new Dictionary<string, string> { ["database"] = database });

        var query = request.Query["query"].ToString();
        if (query.TrimStart().StartsWith("INSERT", StringComparison.OrdinalIgnoreCase) && Format().Match(query) is { Success: true } insert)
        {
            Statements.Enqueue(query);
            connection.Insert(query[..insert.Index], insert.Groups[1].Value, [body]);
            return ([], insert.Groups[1].Value, Summary(connection));
        }

        var sql = query.Length == 0 ? Encoding.UTF8.GetString(body) : $"{query}\n{Encoding.UTF8.GetString(body)}";
        Statements.Enqueue(sql);
        var standard = request.Query["default_format"].FirstOrDefault() ?? "TabSeparated";
        var answer = connection.Query(sql, standard, parameters);
        return (answer, Format().Match(sql) is { Success: true } named ? named.Groups[1].Value : standard, Summary(connection));
    }

    private static string Summary(ChdbConnection connection) =>
        $$"""{"read_rows":"{{connection.Counts.RowsRead}}","read_bytes":"{{connection.Counts.BytesRead}}","written_rows":"{{connection.Counts.RowsWritten}}","written_bytes":"0","total_rows_to_read":"0","result_rows":"0","result_bytes":"0","elapsed_ns":"1"}""";

    private async Task WriteAsync(HttpContext context, byte[] answer, FrontFault fault)
    {
        var tag = Convert.ToHexString(Guid.NewGuid().ToByteArray());
        context.Response.Headers["X-ClickHouse-Exception-Tag"] = tag;
        if (fault != FrontFault.None)
        {
            const string message = "Code: 395. DB::Exception: Value passed to 'throwIf' function is non-zero. (FUNCTION_THROW_IF_VALUE_IS_NON_ZERO)";
            var mark = fault == FrontFault.Cut ? "" : $"\r\n__exception__\r\n{tag}\r\n{message}\n{message.Length + 1} {tag}\r\n__exception__\r\n";
            byte[] broken = [.. answer.AsSpan(0, answer.Length / 2), .. Encoding.UTF8.GetBytes(mark)];
            context.Response.ContentLength = broken.Length + 1; // never sent: the framing is broken, as the server breaks it
            await context.Response.Body.WriteAsync(broken, context.RequestAborted);
            return;
        }

        if (context.Request.Query["enable_http_compression"] == "1" && context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal))
        {
            context.Response.Headers.ContentEncoding = "gzip";
            Encodings = (Encodings.Request, "gzip");
            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await gzip.WriteAsync(answer, context.RequestAborted);
            return;
        }

        await context.Response.Body.WriteAsync(answer, context.RequestAborted);
    }

    /// <summary>As the server's <c>exceptionCodeToHTTPStatus</c>.</summary>
    private static int Status(int code) => code switch
    {
        194 => 401,
        192 or 193 or 516 => 403,
        46 or 47 or 60 or 81 => 404,
        33 or 62 or 27 or 457 => 400,
        159 => 408,
        _ => 500,
    };

    [GeneratedRegex(@"\s+FORMAT\s+(\w+)\s*;?\s*\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Format();
}
