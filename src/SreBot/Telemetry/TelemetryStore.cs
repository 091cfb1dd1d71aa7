using System.Data.Common;
using Microsoft.Extensions.Options;
using SreBot.Model;
using SreBot.Telemetry.Wire;

namespace SreBot.Telemetry;

/// <summary>The one store, over either transport.</summary>
internal sealed class TelemetryStore(IClickHouseTransport transport, IOptions<TelemetryOptions> options) : ITelemetryStore, IDisposable
{
    private readonly SemaphoreSlim writing = new(1); // a rebuild of roll-ups and an insert must not overlap
    private readonly RollupRebuild rollups = new(transport);

    public async Task<DbDataReader> ReadAsync(AccessScope scope, TelemetryQuery query, CancellationToken cancel)
    {
        var scoped = ScopeFilter.Apply(scope, query);
        return await transport.QueryAsync(scoped.Sql, scoped.Parameters, cancel);
    }

    public async Task InsertAsync(string database, TelemetryTable table, IReadOnlyList<object?[]> rows, string token, CancellationToken cancel)
    {
        DatabaseName.Check(database);
        var days = TelemetryBatch.ByDay(table, rows, token); // all of it is checked before any of it is sent
        await writing.WaitAsync(cancel);
        try
        {
            foreach (var day in days)
            {
                if (table == TelemetryTable.Request && await rollups.HasAsync(database, day, cancel))
                    await rollups.RebuildAsync(database, day.From, day.To, cancel);
                else
                    await transport.InsertAsync(day.InsertSql(database), day.Rows, cancel);
            }
        }
        finally
        {
            writing.Release();
        }
    }

    public Task MigrateAsync(string database, CancellationToken cancel) =>
        TelemetrySchema.MigrateAsync(transport, database, options.Value.RetentionDays, cancel);

    public async Task RebuildRollupsAsync(string database, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        DatabaseName.Check(database);
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
        await transport.ExecuteAsync($"DROP DATABASE IF EXISTS {DatabaseName.Check(database)} SYNC", cancel);
        rollups.Forget(database);
    }

    public Task<string> DescribeAsync(CancellationToken cancel) => transport.DescribeAsync(cancel);

    public void Dispose() => writing.Dispose();
}
