using System.Globalization;
using System.Text.Json;
using SreBot.Changes;
using SreBot.Model;

namespace SreBot.Api;

/// <summary>Reads the body of <c>POST /changes</c>, so that each mistake has its own sentence.</summary>
internal static class ChangeBody
{
    private const int LargestBytes = 64 * 1024;
    private const string Example = """{"kind":"deploy","service":"checkout","version":"v42"}""";

    private static readonly string[] Fields = ["kind", "service", "version", "title", "who", "link", "timestamp", "project", "projects", "id"];

    /// <exception cref="SreException">Invalid, saying what the body should look like.</exception>
    public static async Task<ChangeDraft> ReadAsync(Stream body, CancellationToken cancel)
    {
        using var json = await ParseAsync(body, cancel);
        if (json.RootElement.ValueKind != JsonValueKind.Object)
            throw new SreException(SreErrorKind.Invalid, $"The body should be one JSON object, such as {Example}.");

        foreach (var field in json.RootElement.EnumerateObject())
        {
            if (!Fields.Contains(field.Name, StringComparer.OrdinalIgnoreCase))
                throw new SreException(SreErrorKind.Invalid, $"There is no field '{(field.Name.Length <= 60 ? field.Name : field.Name[..60] + "…")}'; there are {string.Join(", ", Fields)}.");
        }

        string? Text(string name) => Field(json.RootElement, name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            _ => throw new SreException(SreErrorKind.Invalid, $"The field '{name}' should be text, such as in {Example}."),
        };

        return new ChangeDraft(Text("kind") ?? "deploy", Text("service") ?? "", Text("version") ?? "")
        {
            Id = Text("id"), Title = Text("title"), Who = Text("who"), Link = Text("link"), At = Time(Text("timestamp")), Projects = Projects(json.RootElement),
        };
    }

    private static async Task<JsonDocument> ParseAsync(Stream body, CancellationToken cancel)
    {
        var bytes = new byte[LargestBytes + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        if (length > LargestBytes)
            throw new SreException(SreErrorKind.Invalid, "The body is larger than 64 KB; a change is a few lines.");

        try
        {
            return JsonDocument.Parse(bytes.AsMemory(0, length));
        }
        catch (JsonException)
        {
            throw new SreException(SreErrorKind.Invalid, $"The body is not JSON; send for example {Example}.");
        }
    }

    private static DateTimeOffset? Time(string? text) => string.IsNullOrWhiteSpace(text) ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at
        : throw new SreException(SreErrorKind.Invalid, "The timestamp should be like 2026-03-01T14:05:00Z; leave it out for now.");

    private static IReadOnlyList<string>? Projects(JsonElement body) => (Field(body, "projects") ?? Field(body, "project")) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } one => one.GetString()!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        { ValueKind: JsonValueKind.Array } many when many.GetArrayLength() <= 1000 && many.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) => [.. many.EnumerateArray().Select(item => item.GetString()!)],
        _ => throw new SreException(SreErrorKind.Invalid, """The projects should be names, such as ["Project_1","Project_3"]."""),
    };

    /// <summary>Null also for JSON's null.</summary>
    private static JsonElement? Field(JsonElement body, string name)
    {
        foreach (var field in body.EnumerateObject())
        {
            if (string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase) && field.Value.ValueKind != JsonValueKind.Null)
                return field.Value;
        }

        return null;
    }
}
