using System.Data.Common;
using Microsoft.Extensions.Options;
using SreBot.Model;
using SreBot.Telemetry.Sources;
using SreBot.Telemetry.Wire;

namespace SreBot.Telemetry;

/// <summary>The one store, over either transport.</summary>
internal sealed class TelemetryStore : ITelemetryStore, IDisposable
{
    private readonly IClickHouseTransport transport;
    private readonly TelemetryOptions options;
    private readonly TimeProvider time;
    private readonly TelemetrySource source;
    private readonly SourceRollups sourceRollups;
    private readonly SourceDependencies dependencies;
    private readonly SemaphoreSlim writing = new(1); // a rebuild of roll-ups and an insert must not overlap
    private readonly RollupRebuild rollups;

    /// <exception cref="SreException">Invalid, when <c>Telemetry:Source</c> is wrong.</exception>
    public TelemetryStore(IClickHouseTransport transport, IOptions<TelemetryOptions> options, TimeProvider? time = null)
    {
        (this.transport, this.options, this.time) = (transport, options.Value, time ?? TimeProvider.System);
        source = new TelemetrySource(this.options);
        rollups = new RollupRebuild(transport);
        sourceRollups = new SourceRollups(transport, source);
        dependencies = new SourceDependencies(transport, source);
    }

    public async Task<DbDataReader> ReadAsync(AccessScope scope, TelemetryQuery query, CancellationToken cancel)
    {
        var scoped = Prepare(scope, query);
        return await transport.QueryAsync(scoped.Sql, scoped.Parameters, cancel);
    }

    public ScopedQuery Prepare(AccessScope scope, TelemetryQuery query) => ScopeFilter.Apply(scope, source.Place(scope.TelemetryDatabase, query));

    public void Require(string database, IReadOnlyList<string> columns) => source.Require(database, columns);

    public void RequireOwn(string database, TelemetryTable table) => source.RequireOwn(database, table);

    public SourceMode ModeOf(string database) => source.IsMapped(database) ? source.Mode : SourceMode.Own;

    public async Task InsertAsync(string database, TelemetryTable table, IReadOnlyList<object?[]> rows, string token, CancellationToken cancel)
    {
        var days = TelemetryBatch.ByDay(table, rows); // all of it is checked before any of it is sent
        try
        {
            await InsertAsync(database, days, token, cancel);
        }
        finally
        {
            foreach (var day in days)
            {
                day.Dispose();
            }
        }
    }

    public async Task InsertAsync(string database, IReadOnlyList<TelemetryBatch> days, string token, CancellationToken cancel)
    {
        DatabaseName.Check(database);
        ArgumentException.ThrowIfNullOrWhiteSpace(token);
        foreach (var day in days)
        {
            source.RequireOwn(database, day.Table);
        }

        await writing.WaitAsync(cancel);
        try
        {
            foreach (var day in days)
            {
                if (day.Table == TelemetryTable.Request && await rollups.HasAsync(database, day, cancel))
                    await rollups.RebuildAsync(database, day.From, day.To, cancel);
                else
                    await transport.InsertAsync(day.InsertSql(database, token), day.Block(), cancel);
            }
        }
        finally
        {
            writing.Release();
        }
    }

    public Task DropPartitionAsync(string database, TelemetryTable table, ulong partition, CancellationToken cancel)
    {
        DatabaseName.Check(database);
        source.RequireOwn(database, table);
        return transport.ExecuteAsync($"ALTER TABLE {database}.{table.Name} DROP PARTITION {partition}", cancel);
    }

    public async Task MigrateAsync(string database, CancellationToken cancel)
    {
        if (source.Mapping is { } mapping)
        {
            if (!source.IsMapped(database))
                return; // the demo's, from before: it is never on another's server
            await new SourceCheck(transport).CheckAsync(mapping, cancel);
            if (source.Mode == SourceMode.ReadOnly)
                return;
        }

        await TelemetrySchema.MigrateAsync(transport, database, options.RetentionDays, cancel);
        if (database == source.Database)
            await sourceRollups.EnsureAsync(time, cancel);
    }

    public async Task MaintainAsync(string database, DateTimeOffset now, bool mayWrite, CancellationToken cancel)
    {
        if (ModeOf(database) != SourceMode.Mapped)
            return;

        await sourceRollups.FillAsync(now, mayWrite, cancel);
        if (mayWrite)
            await dependencies.FillAsync(now, cancel);
    }

    public async Task RebuildRollupsAsync(string database, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        DatabaseName.Check(database);
        if (source.Mapping is not null)
            return; // the views are fed by others, who are not stopped with SreBot

        await writing.WaitAsync(cancel);
        try
        {
            await rollups.RememberAsync(database, from, to, cancel);
            await rollups.RebuildAsync(database, from, to, cancel);
        }
        finally
        {
            writing.Release();
        }
    }

    public async Task DropAsync(string database, CancellationToken cancel)
    {
        DatabaseName.Check(database);
        if (source.Mode == SourceMode.ReadOnly)
            return; // nothing there is SreBot's

        await transport.ExecuteAsync($"DROP DATABASE IF EXISTS {database} SYNC", cancel);
        rollups.Forget(database);
    }

    public Task<string> DescribeAsync(CancellationToken cancel) => transport.DescribeAsync(cancel);

    public void Dispose() => writing.Dispose();
}
