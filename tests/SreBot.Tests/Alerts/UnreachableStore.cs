using System.Data.Common;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Tests.Alerts;

/// <summary>The real store behind a line that can be cut.</summary>
internal sealed class UnreachableStore(ITelemetryStore store) : ITelemetryStore
{
    public bool IsDown { get; set; }

    /// <summary>How many reads got through.</summary>
    public int Reads { get; private set; }

    public Task<DbDataReader> ReadAsync(AccessScope scope, TelemetryQuery query, CancellationToken cancel)
    {
        if (IsDown)
        {
            throw new SreException(SreErrorKind.Unavailable, "The telemetry store does not answer.");
        }

        Reads++;
        return store.ReadAsync(scope, query, cancel);
    }

    public Task InsertAsync(string database, TelemetryTable table, IReadOnlyList<object?[]> rows, string token, CancellationToken cancel) =>
        store.InsertAsync(database, table, rows, token, cancel);

    public Task MigrateAsync(string database, CancellationToken cancel) => store.MigrateAsync(database, cancel);

    public Task RebuildRollupsAsync(string database, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) => store.RebuildRollupsAsync(database, from, to, cancel);

    public Task DropAsync(string database, CancellationToken cancel) => store.DropAsync(database, cancel);

    public Task<string> DescribeAsync(CancellationToken cancel) => store.DescribeAsync(cancel);
}
