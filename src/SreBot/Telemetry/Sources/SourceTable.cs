using System.Text.RegularExpressions;
using SreBot.Model;

namespace SreBot.Telemetry.Sources;

/// <summary>A table of the server that is another's.</summary>
internal sealed partial record SourceTable(string Database, string Name)
{
    /// <summary>As it stands in SQL.</summary>
    public string Sql => $"`{Database}`.`{Name}`";

    /// <exception cref="SreException">Invalid: no <c>database.table</c>.</exception>
    public static SourceTable Parse(string? text) => Allowed().Match(text ?? "") is { Success: true } match
        ? new SourceTable(match.Groups["database"].Value, match.Groups["name"].Value)
        : throw new SreException(SreErrorKind.Invalid, "Telemetry:Source:Table must name a database and a table, such as otel.otel_traces.");

    public override string ToString() => $"{Database}.{Name}";

    [GeneratedRegex(@"\A(?<database>[A-Za-z0-9_\-]+)\.(?<name>[A-Za-z0-9_\-.]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();
}
