using System.Text.Encodings.Web;
using System.Text.Json;
using SreBot.Telemetry;
using SreBot.Telemetry.Http;
using SreBot.Telemetry.Sources;

namespace SreBot.Cli;

/// <summary>What <c>connect clickhouse</c> says of the table that it chose.</summary>
internal static class ConnectReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static SourceOptions Settings(FoundTable table, string mode)
    {
        var source = new SourceOptions { Mode = mode, Table = table.Table.ToString(), Preset = table.Proposal.Preset };
        foreach (var (column, expression) in table.Proposal.Preset is null ? table.Proposal.Columns : new Dictionary<string, string>())
        {
            source.Columns[column] = expression;
        }

        return source;
    }

    public static void WriteMapping(TextWriter console, SourceMapping mapping, string? preset, IReadOnlyList<IReadOnlyList<(string Name, string? Value)>> sample)
    {
        console.WriteLine($"\nMapping of {mapping.Table}{(preset is null ? ", by the names of its columns: check it" : $", by the preset {preset}")}");
        foreach (var (column, _) in TelemetryTable.Request.Columns)
        {
            console.WriteLine($"  {column,-26} {mapping.Columns.GetValueOrDefault(column) ?? "not recorded"}");
        }

        console.WriteLine($"  {"rows that are requests",-26} {mapping.Where}");
        console.WriteLine(sample.Count == 0 ? "\nNo row of it is a request yet." : $"\nThe first {sample.Count} requests that it gives");
        foreach (var row in sample)
        {
            console.WriteLine($"  {string.Join(", ", row.Select(cell => $"{cell.Name} {(cell.Value is { } value ? $"'{Short(value)}'" : "not recorded")}"))}");
        }
    }

    public static async Task WriteRightsAsync(TextWriter console, SourceInspector inspector, SourceOptions source, SourceMapping mapping, CancellationToken cancel)
    {
        var name = await inspector.UserAsync(cancel);
        console.WriteLine($"\nWhat {name} must be granted for {source.Mode}");
        foreach (var right in SourceRights.Of(source.ParsedMode(), mapping.Table, source.Database))
        {
            var has = await inspector.HasAsync(right, cancel);
            console.WriteLine($"  GRANT {right} TO `{name}`;{(has switch { true => "  -- it has that", false => "  -- missing", null => "  -- this server cannot say whether it has that" })}");
        }

        console.WriteLine("  Reads are sent with limits, so the user's profile must not have readonly = 1.");
    }

    /// <summary>Without the password.</summary>
    public static void WriteSettings(TextWriter console, TelemetryOptions options)
    {
        console.WriteLine("\nSettings, as environment variables (single quotes are the shell's)");
        foreach (var (name, value) in Pairs(options))
        {
            console.WriteLine($"  {name.Replace(":", "__", StringComparison.Ordinal)}='{value.Replace("'", "'\\''", StringComparison.Ordinal)}'");
        }

        console.WriteLine("  Telemetry__Password=...");
        console.WriteLine("\nOr in appsettings.json");
        console.WriteLine(Json(options));
    }

    /// <summary>A fragment of <c>appsettings.json</c>.</summary>
    public static string Json(TelemetryOptions options) => JsonSerializer.Serialize(new
    {
        Telemetry = new
        {
            Endpoint = HttpAddress.From(options).Shown,
            options.User,
            Source = new { options.Source.Mode, options.Source.Table, options.Source.Preset, options.Source.Columns },
        },
    }, Indented);

    private static IEnumerable<(string Name, string Value)> Pairs(TelemetryOptions options)
    {
        yield return ("Telemetry:Endpoint", HttpAddress.From(options).Shown);
        if (options.User is { } user)
            yield return ("Telemetry:User", user);
        yield return ("Telemetry:Source:Mode", options.Source.Mode);
        yield return ("Telemetry:Source:Table", options.Source.Table!);
        if (options.Source.Preset is { } preset)
            yield return ("Telemetry:Source:Preset", preset);
        foreach (var (column, expression) in options.Source.Columns)
        {
            yield return ($"Telemetry:Source:Columns:{column}", expression);
        }
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..59] + "…";
}
