using System.Globalization;
using SreBot.Model;
using SreBot.Telemetry.Wire;

namespace SreBot.Telemetry;

/// <summary>Runs the numbered scripts in <c>Schema/</c> that a database has not had. Each statement may be run again, so a stop in the middle is mended by the next start.</summary>
internal static class TelemetrySchema
{
    private const string AppliedSql = "SELECT name FROM {database:Identifier}.schema_script ORDER BY name";
    private const string TablesSql = "SELECT name, engine_full FROM system.tables WHERE database = {name:String} AND name IN ('request', 'change_event', 'dependency')";

    /// <exception cref="SreException">Conflict, when the database was written by a newer SreBot.</exception>
    public static async Task MigrateAsync(IClickHouseTransport transport, string database, int retentionDays, CancellationToken cancel)
    {
        DatabaseName.Check(database);
        await transport.ExecuteAsync($"CREATE DATABASE IF NOT EXISTS {database}", cancel);
        await transport.ExecuteAsync($"CREATE TABLE IF NOT EXISTS {database}.schema_script (name String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3)) ENGINE = MergeTree ORDER BY name", cancel);

        var applied = await AppliedAsync(transport, database, cancel);
        var scripts = Scripts();
        if (applied.Except(scripts).FirstOrDefault() is { } unknown)
            throw new SreException(SreErrorKind.Conflict, $"The telemetry database {database} was set up by a newer SreBot (script {unknown}); start that version.");

        foreach (var script in scripts.Where(script => !applied.Contains(script)))
        {
            foreach (var statement in Statements(script, database, retentionDays))
            {
                await transport.ExecuteAsync(statement, cancel);
            }

            await transport.ExecuteAsync($"INSERT INTO {database}.schema_script (name) VALUES ('{script}')", cancel);
        }

        await RetainAsync(transport, database, retentionDays, cancel);
    }

    private static async Task<HashSet<string>> AppliedAsync(IClickHouseTransport transport, string database, CancellationToken cancel)
    {
        await using var reader = await transport.QueryAsync(AppliedSql, new Dictionary<string, string> { ["database"] = database }, cancel);
        var names = new HashSet<string>();
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private static List<string> Scripts() =>
        [.. typeof(TelemetrySchema).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("Telemetry/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Statements(string script, string database, int retentionDays)
    {
        using var reader = new StreamReader(typeof(TelemetrySchema).Assembly.GetManifestResourceStream(script)!);
        return reader.ReadToEnd()
            .Replace("{database}", database, StringComparison.Ordinal)
            .Replace("{retention_days}", retentionDays.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>Follows a changed setting; rows past the new time go with their day's parts.</summary>
    private static async Task RetainAsync(IClickHouseTransport transport, string database, int retentionDays, CancellationToken cancel)
    {
        var tables = new List<string>();
        await using (var reader = await transport.QueryAsync(TablesSql, new Dictionary<string, string> { ["name"] = database }, cancel))
        {
            while (reader.Read())
            {
                if (!reader.GetString(1).Contains($"toIntervalDay({retentionDays})", StringComparison.Ordinal))
                    tables.Add(reader.GetString(0));
            }
        }

        foreach (var table in tables)
        {
            var time = table switch { "dependency" => "minute", "request" => "greatest(toDateTime(timestamp), imported_at)", _ => "toDateTime(timestamp)" };
            await transport.ExecuteAsync($"ALTER TABLE {database}.{table} MODIFY TTL {time} + toIntervalDay({retentionDays}) SETTINGS materialize_ttl_after_modify = 0", cancel);
        }
    }
}
