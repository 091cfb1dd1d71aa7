using SreBot.Model;

namespace SreBot.Alerts.Rules;

/// <summary>A group's values as one key: <c>server_id=Server_9,platform=web</c>; empty without groups.</summary>
internal static class AlertGroup
{
    public static string Key(IReadOnlyList<string> dimensions, IReadOnlyList<string> values) =>
        string.Join(',', dimensions.Select((dimension, i) => $"{dimension}={values[i].Replace("%", "%25", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal)}"));

    /// <summary>What <see cref="Key"/> was made of.</summary>
    public static IReadOnlyList<DimensionCondition> Conditions(string key) => key.Length == 0
        ? []
        : [.. key.Split(',').Select(part => part.Split('=', 2)).Select(part =>
            new DimensionCondition(part[0], part[1].Replace("%2C", ",", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal)))];
}
