using System.Data.Common;
using SreBot.Model;
using SreBot.Telemetry.Sources;

namespace SreBot.Telemetry;

/// <summary>The one road to ClickHouse, but for <see cref="RecordedReads"/>. Faults that a person may read (down, too slow, too large) are <see cref="SreException"/>s of kind Unavailable or Invalid.</summary>
internal interface ITelemetryStore
{
    /// <summary>Runs a read under the scope; see <see cref="TelemetryQuery"/> for what its SQL must hold. Times come as UTC <see cref="DateTime"/>.</summary>
    /// <exception cref="InvalidOperationException">The SQL has no <c>/*scope*/</c>.</exception>
    Task<DbDataReader> ReadAsync(AccessScope scope, TelemetryQuery query, CancellationToken cancel);

    /// <summary>The read as it will run: with the scope's condition, over the tables where they really are.</summary>
    /// <exception cref="SreException">Invalid: it needs a column that the source does not record.</exception>
    ScopedQuery Prepare(AccessScope scope, TelemetryQuery query);

    /// <summary>Refuses what the source of a database does not record.</summary>
    /// <param name="columns">Of <c>request</c>.</param>
    /// <exception cref="SreException">Invalid, with the setting that mends it.</exception>
    void Require(string database, IReadOnlyList<string> columns);

    /// <summary>Refuses rows for a table that others fill, before any is read.</summary>
    /// <exception cref="SreException">Conflict, with the setting that says so.</exception>
    void RequireOwn(string database, TelemetryTable table);

    /// <summary>Whose tables hold a database's requests.</summary>
    SourceMode ModeOf(string database);

    /// <summary>What a source needs from time to time: its roll-ups back-filled, calls between services counted. Another's table only; may be run again.</summary>
    /// <param name="mayWrite">False: another SreBot does it, and this one looks how far that is.</param>
    Task MaintainAsync(string database, DateTimeOffset now, bool mayWrite, CancellationToken cancel);

    /// <summary>Inserts a batch; the same token again, with the same rows, inserts nothing, the dependent views included. Each UTC day of the batch is
    /// there whole or not at all; when a fault comes between two days, or between a table and its views, the same call again completes it.</summary>
    /// <param name="rows">At most 1,000,000, in the order of the table's columns; times are <see cref="DateTimeOffset"/> or UTC <see cref="DateTime"/>.</param>
    /// <param name="token">Unique for the batch; kept for the last 10,000 batches of a table.</param>
    /// <exception cref="ArgumentException">A row that does not fit the table; nothing was inserted.</exception>
    Task InsertAsync(string database, TelemetryTable table, IReadOnlyList<object?[]> rows, string token, CancellationToken cancel);

    /// <summary>The same for rows that lie in columns already, up to 1,000,000 in all; the caller disposes them afterwards.</summary>
    /// <param name="days">One a UTC day, in order.</param>
    Task InsertAsync(string database, IReadOnlyList<TelemetryBatch> days, string token, CancellationToken cancel);

    /// <summary>Removes one partition of a table that only SreBot writes; one that is not there is no error.</summary>
    /// <param name="partition">A number: such tables are partitioned by one.</param>
    Task DropPartitionAsync(string database, TelemetryTable table, ulong partition, CancellationToken cancel);

    /// <summary>Creates or upgrades the tables of a database; may be run again. Another's table is held against its mapping; a read-only source gets no table at all.</summary>
    /// <exception cref="SreException">Invalid, when the mapping does not fit.</exception>
    Task MigrateAsync(string database, CancellationToken cancel);

    /// <summary>Makes the roll-ups of a stretch again from <c>request</c>; for the start after an unclean stop, before the first tick and before inserts.
    /// Whole minutes; whole hours in the hour roll-up. May be run again.</summary>
    Task RebuildRollupsAsync(string database, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel);

    /// <summary>Removes a database with all its tables.</summary>
    Task DropAsync(string database, CancellationToken cancel);

    /// <summary>What answers, for a person: <c>chDB 26.7.3 in process</c>.</summary>
    Task<string> DescribeAsync(CancellationToken cancel);
}
