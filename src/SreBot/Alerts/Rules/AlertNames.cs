using System.Text.Json;

namespace SreBot.Alerts.Rules;

/// <summary>Enums as the tables write them: <c>no_data</c>.</summary>
internal static class AlertNames
{
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <exception cref="ArgumentException">It is none of them.</exception>
    public static T Parse<T>(string text) where T : struct, Enum => Enum.Parse<T>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
}
