using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using SreBot.Model;

namespace SreBot.Telemetry.Sources;

/// <summary>Where one telemetry database's tables really are, and what is recorded there. All SQL names SreBot's own tables; this is where they become another's.</summary>
internal sealed partial class TelemetrySource
{
    private readonly MappedTables? tables;
    private readonly ConcurrentDictionary<string, bool> filled = new();

    /// <exception cref="SreException">Invalid, with the setting that is wrong.</exception>
    public TelemetrySource(TelemetryOptions options)
    {
        Mode = options.Source.ParsedMode();
        Database = DatabaseName.Check(options.Source.Database);
        if (Mode == SourceMode.Own)
            return;

        if (string.IsNullOrWhiteSpace(options.Endpoint))
            throw new SreException(SreErrorKind.Invalid, $"Telemetry:Source:Mode {options.Source.Mode} needs the server that has the table: set Telemetry:Endpoint.");

        Mapping = SourceMapping.Of(options.Source);
        tables = new MappedTables(Mapping);
    }

    public SourceMode Mode { get; }

    /// <summary>The one database that this is about; others are SreBot's own.</summary>
    public string Database { get; }

    /// <summary>Null: own.</summary>
    public SourceMapping? Mapping { get; }

    public MappedTables Tables => tables ?? throw new InvalidOperationException("Own tables are not mapped.");

    /// <summary>Its requests are another's.</summary>
    public bool IsMapped(string database) => Mapping is not null && database == Database;

    /// <summary>A roll-up is read only once it has all that it should.</summary>
    public void Fill(RollupSql rollup, bool isFilled) => filled[rollup.Table] = isFilled;

    public bool IsFilled(RollupSql rollup) => filled.GetValueOrDefault(rollup.Table);

    /// <summary>The read over the tables where they really are.</summary>
    /// <exception cref="SreException">Invalid: it asks for what is not recorded.</exception>
    public TelemetryQuery Place(string database, TelemetryQuery query)
    {
        if (!IsMapped(database))
            return query;

        Require(database, query.Needs);
        return query with { Sql = TableName().Replace(query.Sql, name => Place(query.Sql, name)) };
    }

    /// <exception cref="SreException">Invalid: a column is not recorded, and which setting mends it.</exception>
    public void Require(string database, IEnumerable<string> columns)
    {
        if (IsMapped(database) && columns.FirstOrDefault(Mapping!.Missing.Contains) is { } missing)
            throw new SreException(SreErrorKind.Invalid, $"{Word(missing)} is not recorded by this source ({Mapping.Table}); map it with Telemetry:Source:Columns:{missing}.");
    }

    /// <exception cref="SreException">Conflict: it is another's table, or all of it is.</exception>
    public void RequireOwn(string database, TelemetryTable table)
    {
        if (Mode == SourceMode.ReadOnly)
            throw new SreException(SreErrorKind.Conflict, "SreBot only reads this ClickHouse (Telemetry:Source:Mode is read-only), so nothing can be written there; with Mode mapped it keeps changes in a database of its own.");
        if (IsMapped(database) && table == TelemetryTable.Request)
            throw new SreException(SreErrorKind.Conflict, $"The requests are those of {Mapping!.Table} (Telemetry:Source:Mode is mapped); send them there, or set Mode to own.");
    }

    private string Place(string sql, Match name)
    {
        var bounds = QueryBounds.Of(sql, name.Index + name.Length);
        var (table, isReadOnly) = (name.Groups["table"].Value, Mode == SourceMode.ReadOnly);
        var place = RollupSql.All.FirstOrDefault(rollup => rollup.Table == table) is { } found ? isReadOnly || !IsFilled(found) ? Tables.Rollup(found, bounds) : null : table switch
        {
            "request" => Tables.Request(bounds),
            "dependency" when isReadOnly => Mapping!.HasSpans ? Tables.Dependency(bounds) : MappedTables.Empty(TelemetryTable.Dependency),
            "change_event" when isReadOnly => MappedTables.Empty(TelemetryTable.ChangeEvent),
            _ => null,
        };
        return place is null ? name.Value : name.Groups["alias"].Success ? $"{place}{name.Groups["alias"].Value}" : $"{place} AS {table}";
    }

    private static string Word(string column) => column switch
    {
        "execution_time" => "latency",
        "status" => "error rate",
        "cpu_usage" => "cpu",
        "memory_usage" => "memory",
        "number_of_active_requests" => "the number of active requests",
        _ => column.Replace("_id", "", StringComparison.Ordinal),
    };

    [GeneratedRegex(@"\{database:Identifier\}\.(?<table>\w+)(?<alias>\s+AS\s+\w+)?", RegexOptions.CultureInvariant)]
    private static partial Regex TableName();
}
