using System.Data.Common;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Telemetry.Sources;

namespace SreBot.Tests.Cli.Demo;

/// <summary>A telemetry store whose caller dies when it is told to: before the rows of an insert are kept, or just after.</summary>
internal sealed class CutShortStore(ITelemetryStore inner) : ITelemetryStore
{
    public bool DiesBefore { get; set; }
    public bool DiesAfter { get; set; }

    private TaskCompletionSource inserted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when rows have been inserted after this call.</summary>
    public Task NextInsertAsync()
    {
        inserted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return inserted.Task.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System);
    }

    public Task InsertAsync(string database, TelemetryTable table, IReadOnlyList<object?[]> rows, string token, CancellationToken cancel) =>
        CutAsync(() => inner.InsertAsync(database, table, rows, token, cancel));

    public Task InsertAsync(string database, IReadOnlyList<TelemetryBatch> days, string token, CancellationToken cancel) =>
        CutAsync(() => inner.InsertAsync(database, days, token, cancel));

    public Task<DbDataReader> ReadAsync(AccessScope scope, TelemetryQuery query, CancellationToken cancel) => inner.ReadAsync(scope, query, cancel);
    public ScopedQuery Prepare(AccessScope scope, TelemetryQuery query) => inner.Prepare(scope, query);
    public void Require(string database, IReadOnlyList<string> columns) => inner.Require(database, columns);
    public void RequireOwn(string database, TelemetryTable table) => inner.RequireOwn(database, table);

    public SourceMode ModeOf(string database) => inner.ModeOf(database);
    public Task MaintainAsync(string database, DateTimeOffset now, bool mayWrite, CancellationToken cancel) => inner.MaintainAsync(database, now, mayWrite, cancel);
    public Task DropPartitionAsync(string database, TelemetryTable table, ulong partition, CancellationToken cancel) => inner.DropPartitionAsync(database, table, partition, cancel);
    public Task MigrateAsync(string database, CancellationToken cancel) => inner.MigrateAsync(database, cancel);
    public Task RebuildRollupsAsync(string database, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) => inner.RebuildRollupsAsync(database, from, to, cancel);
    public Task DropAsync(string database, CancellationToken cancel) => inner.DropAsync(database, cancel);
    public Task<string> DescribeAsync(CancellationToken cancel) => inner.DescribeAsync(cancel);

    private async Task CutAsync(Func<Task> insert)
    {
        if (DiesBefore)
            throw new IOException("Cut short before the rows were kept.");
        await insert();
        inserted.TrySetResult();
        if (DiesAfter)
            throw new IOException("Cut short after the rows were kept.");
    }
}
