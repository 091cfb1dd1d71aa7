using System.Text.Encodings.Web;
using System.Text.Json;

namespace SreBot.Adapters.Teams;

/// <summary>How the Bot Connector's JSON is written and picked apart.</summary>
internal static class TeamsJson
{
    /// <summary>Compact, camel case, and without escapes that would triple the size of other alphabets: the body is never put into HTML.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A name twice is refused, since two readers could disagree on it.</summary>
    public static JsonDocumentOptions Strict { get; } = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>The string at that path, or null when any step is absent or of another kind.</summary>
    public static string? TextAt(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>The element at that path; of kind Undefined when a step is absent.</summary>
    public static JsonElement At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var step in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(step, out element))
                return default;
        }

        return element;
    }

    /// <summary>The items of an array; none when it is something else.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];
}
