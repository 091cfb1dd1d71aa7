using System.Data.Common;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Telemetry.Sources;

namespace SreBot.Tests.Alerts;

/// <summary>The real store behind a line that can be cut.</summary>
internal sealed class UnreachableStore(ITelemetryStore store) : ITelemetryStore
{
    public bool IsDown { get; set; }

    /// <summary>It is down after so many reads more; null: it stays.</summary>
    public int? DownAfter { get; set; }

    /// <summary>How many reads got through.</summary>
    public int Reads { get; private set; }

    public Task<DbDataReader> ReadAsync(AccessScope scope, TelemetryQuery query, CancellationToken cancel)
    {
        IsDown |= DownAfter-- <= 0;

        if (IsDown)
        {
            throw new SreException(SreErrorKind.Unavailable, "The telemetry store does not answer.");
        }

        Reads++;
        return store.ReadAsync(scope, query, cancel);
    }

    public ScopedQuery Prepare(AccessScope scope, TelemetryQuery query) => store.Prepare(scope, query);

    public void Require(string database, IReadOnlyList<string> columns) => store.Require(database, columns);

    public void RequireOwn(string database, TelemetryTable table) => store.RequireOwn(database, table);

    public SourceMode ModeOf(string database) => store.ModeOf(database);

    public Task MaintainAsync(string database, DateTimeOffset now, bool mayWrite, CancellationToken cancel) => store.MaintainAsync(database, now, mayWrite, cancel);

    public Task InsertAsync(string database, TelemetryTable table, IReadOnlyList<object?[]> rows, string token, CancellationToken cancel) =>
        store.InsertAsync(database, table, rows, token, cancel);

    public Task InsertAsync(string database, IReadOnlyList<TelemetryBatch> days, string token, CancellationToken cancel) => store.InsertAsync(database, days, token, cancel);

    public Task DropPartitionAsync(string database, TelemetryTable table, ulong partition, CancellationToken cancel) => store.DropPartitionAsync(database, table, partition, cancel);

    public Task MigrateAsync(string database, CancellationToken cancel) => store.MigrateAsync(database, cancel);

    public Task RebuildRollupsAsync(string database, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) => store.RebuildRollupsAsync(database, from, to, cancel);

    public Task DropAsync(string database, CancellationToken cancel) => store.DropAsync(database, cancel);

    public Task<string> DescribeAsync(CancellationToken cancel) => store.DescribeAsync(cancel);
}
