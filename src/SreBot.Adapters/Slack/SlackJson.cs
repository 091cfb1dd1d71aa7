using System.Text.Encodings.Web;
using System.Text.Json;

namespace SreBot.Adapters.Slack;

/// <summary>Reads payloads whose shape is Slack's business: what is missing or of another type is null.</summary>
internal static class SlackJson
{
    /// <summary>Compact, and letters of every script stay one character long.</summary>
    public static JsonSerializerOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string? Text(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.String } found && found.GetString() is { Length: > 0 } text ? text : null;

    public static bool IsTrue(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.True } || element.Text(path) == "true";

    public static bool Has(this JsonElement element, string name) => element.At(name) is not (null or { ValueKind: JsonValueKind.Null });

    public static IEnumerable<JsonElement> Items(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    public static JsonElement? At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        }
        return element;
    }
}
