namespace SreBot.Telemetry.Sources;

/// <summary>The least that SreBot's user must be granted. It also reads <c>system.tables</c> and <c>system.columns</c>, which every user may, of what it sees.</summary>
internal static class SourceRights
{
    /// <summary>As they stand between <c>GRANT</c> and <c>TO</c>.</summary>
    /// <param name="table">Null: own tables alone.</param>
    public static IReadOnlyList<string> Of(SourceMode mode, SourceTable? table, string database)
    {
        List<string> rights = [];
        if (mode != SourceMode.Own && table is not null)
            rights.Add($"SELECT ON {table.Sql}");
        if (mode != SourceMode.ReadOnly)
            rights.AddRange([$"CREATE DATABASE ON {database}.*", $"SELECT, INSERT, CREATE TABLE, CREATE VIEW, DROP TABLE, DROP VIEW, TRUNCATE, ALTER DELETE, ALTER TTL, ALTER ADD COLUMN, ALTER VIEW MODIFY QUERY ON {database}.*"]);
        return rights;
    }
}
