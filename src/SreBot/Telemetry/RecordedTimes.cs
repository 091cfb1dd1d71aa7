using System.Globalization;
using System.Text.RegularExpressions;
using SreBot.Telemetry.Wire;

namespace SreBot.Telemetry;

/// <summary>The times among a recorded read's parameters.</summary>
internal static partial class RecordedTimes
{
    /// <summary>The same read, with every time parameter that much later, and none past <paramref name="asOf"/>: what lay in the future was not there to be read.</summary>
    public static ScopedQuery Move(ScopedQuery recorded, TimeSpan by, DateTimeOffset asOf)
    {
        var parameters = new Dictionary<string, string>(recorded.Parameters);
        foreach (var (name, type, at) in Times(recorded))
        {
            parameters[name] = ParameterText.Format(name, type, at + by < asOf ? at + by : asOf);
        }

        return recorded with { Parameters = parameters };
    }

    /// <summary>Null when it has none.</summary>
    public static DateTimeOffset? Earliest(ScopedQuery recorded) => Times(recorded).Select(time => (DateTimeOffset?)time.At).Min();

    /// <summary>Null when it has none.</summary>
    public static DateTimeOffset? Latest(ScopedQuery recorded) => Times(recorded).Select(time => (DateTimeOffset?)time.At).Max();

    private static IEnumerable<(string Name, string Type, DateTimeOffset At)> Times(ScopedQuery recorded) =>
        from named in TimeParameter().Matches(recorded.Sql).DistinctBy(match => match.Groups["name"].Value)
        let text = recorded.Parameters.GetValueOrDefault(named.Groups["name"].Value)
        where text is not null
        select (named.Groups["name"].Value, named.Groups["type"].Value, DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal));

    [GeneratedRegex(@"\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\s*:\s*(?<type>DateTime64\(\d\)|DateTime)\s*\}", RegexOptions.CultureInvariant)]
    private static partial Regex TimeParameter();
}
