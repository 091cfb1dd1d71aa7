using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using SreBot.Cli.Seeding;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Benchmarks;

/// <summary>Made-up requests as <c>POST /ingest</c> takes them.</summary>
internal static class RequestLines
{
    private static readonly JsonEncodedText[] Names = [.. TelemetryTable.Request.Columns.Select(column => JsonEncodedText.Encode(column.Name))];

    /// <summary>The rows of a stretch, one JSON object a line.</summary>
    public static (byte[] Body, int Rows) Of(SeedPlan plan, TimeWindow window)
    {
        var rows = new SeedGenerator(plan).Rows(window);
        var text = new ArrayBufferWriter<byte>(rows.Count * 400);
        using var json = new Utf8JsonWriter(text, new JsonWriterOptions { SkipValidation = true });
        foreach (var row in rows)
        {
            Write(json, row);
            json.Flush();
            json.Reset();
            text.Write("\n"u8);
        }

        return (text.WrittenSpan.ToArray(), rows.Count);
    }

    /// <returns>How many rows were taken.</returns>
    public static async Task<(int Rows, int Waits)> SendAsync(HttpClient http, byte[] body, string key, string? encoding = null)
    {
        for (var waits = 0; ; waits++)
        {
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } };
            if (encoding is not null)
                content.Headers.ContentEncoding.Add(encoding);

            using var request = new HttpRequestMessage(HttpMethod.Post, "/ingest") { Content = content, Headers = { { "Idempotency-Key", key } } };
            using var response = await http.SendAsync(request);
            var answer = await response.Content.ReadAsStringAsync();
            if (response.StatusCode != HttpStatusCode.TooManyRequests)
                return (response.IsSuccessStatusCode ? JsonDocument.Parse(answer).RootElement.GetProperty("rows").GetInt32() : throw new InvalidOperationException($"{(int)response.StatusCode}: {answer}"), waits);

            await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), TimeProvider.System);
        }
    }

    private static void Write(Utf8JsonWriter json, object?[] row)
    {
        json.WriteStartObject();
        for (var i = 0; i < row.Length; i++)
        {
            switch (row[i])
            {
                case string text: json.WriteString(Names[i], text); break;
                case DateTime time: json.WriteString(Names[i], time); break;
                case double number: json.WriteNumber(Names[i], Math.Round(number, 5)); break;
                case { } whole: json.WriteNumber(Names[i], Convert.ToInt64(whole)); break;
                default: json.WriteNull(Names[i]); break;
            }
        }

        json.WriteEndObject();
    }
}
