using System.Text.Json;
using System.Text.Json.Serialization;

namespace SreBot.Adapters.Web;

/// <summary>JSON as the page reads it.</summary>
internal static class WebJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, // a value that is not a number must not cost the whole answer; the page shows a gap
    };
}
