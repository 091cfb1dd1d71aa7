using System.Text.Json;
using System.Text.Json.Serialization;

namespace SreBot.Model;

/// <summary>The one way SreBot writes JSON: compact, camel case, enums as words.</summary>
internal static class SreJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        AllowOutOfOrderMetadataProperties = true, // PostgreSQL's jsonb keeps its own order of keys
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals | JsonNumberHandling.AllowReadingFromString,
    };
}
