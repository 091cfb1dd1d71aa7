using System.Text;
using SreBot.Model;
using SreBot.Telemetry.Wire;

namespace SreBot.Telemetry.Http;

/// <summary>Reads a ClickHouse server's answer, and finds its error wherever it stands: in the status, or in the middle of a body that began as a good one.</summary>
internal static class HttpAnswer
{
    private const string CodeHeader = "X-ClickHouse-Exception-Code";
    private const string TagHeader = "X-ClickHouse-Exception-Tag"; // since 25.11

    /// <exception cref="SreException">Unavailable, when the body is cut short; else see <see cref="ClickHouseErrors"/>.</exception>
    /// <exception cref="ClickHouseException">See <see cref="ClickHouseErrors"/>.</exception>
    public static async Task<byte[]> ReadAsync(HttpResponseMessage response, string shown, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        IOException? cut = null;
        try
        {
            await response.Content.CopyToAsync(body, cancel);
        }
        catch (Exception error) when (error is IOException or HttpRequestException { InnerException: IOException })
        {
            cut = error as IOException ?? (IOException)error.InnerException!; // after an error in mid-stream the server breaks the framing on purpose
        }

        var bytes = body.GetBuffer().AsSpan(0, (int)body.Length);
        if (!response.IsSuccessStatusCode || response.Headers.Contains(CodeHeader))
            throw Refused(response, Encoding.UTF8.GetString(bytes), shown);

        if (Late(response, bytes) is { } late)
            throw ClickHouseErrors.From(late);

        return cut is null ? bytes.ToArray() : throw new SreException(SreErrorKind.Unavailable, $"The telemetry store at {shown} broke off in the middle of its answer.", cut);
    }

    private static Exception Refused(HttpResponseMessage response, string text, string shown)
    {
        if (response.Headers.TryGetValues(CodeHeader, out var codes) && !text.Contains("Code: ", StringComparison.Ordinal))
            text = $"Code: {codes.First()}. {text}";

        return text.Contains("Code: ", StringComparison.Ordinal)
            ? ClickHouseErrors.From(text)
            : new SreException(SreErrorKind.Unavailable, $"What answers at {shown} is no ClickHouse, or stands before one that is down (HTTP {(int)response.StatusCode}).");
    }

    /// <summary>The error that a server appended to a body: <c>__exception__</c>, its tag, the message, the message's length and the tag, <c>__exception__</c>, a line each.</summary>
    private static string? Late(HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        if (!response.Headers.TryGetValues(TagHeader, out var tags))
            return null;

        var mark = Encoding.ASCII.GetBytes($"\r\n__exception__\r\n{tags.First()}\r\n");
        var at = body.LastIndexOf(mark);
        return at < 0 ? null : Encoding.UTF8.GetString(body[(at + mark.Length)..]);
    }
}
