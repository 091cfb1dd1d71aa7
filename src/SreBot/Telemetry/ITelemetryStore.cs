using System.Data.Common;
using SreBot.Model;

namespace SreBot.Telemetry;

/// <summary>The one road to ClickHouse. Faults that a person may read (down, too slow, too large) are <see cref="SreException"/>s of kind Unavailable or Invalid.</summary>
internal interface ITelemetryStore
{
    /// <summary>Runs a read under the scope; see <see cref="TelemetryQuery"/> for what its SQL must hold. Times come as UTC <see cref="DateTime"/>.</summary>
    /// <exception cref="InvalidOperationException">The SQL has no <c>/*scope*/</c>.</exception>
    Task<DbDataReader> ReadAsync(AccessScope scope, TelemetryQuery query, CancellationToken cancel);

    /// <summary>Inserts a batch whole or not at all; the same token again, with the same rows, inserts nothing, the dependent views included.</summary>
    /// <param name="token">Unique for the batch; kept for the last 10,000 batches of a table.</param>
    Task InsertAsync(string database, TelemetryTable table, IReadOnlyList<object?[]> rows, string token, CancellationToken cancel);

    /// <summary>Creates or upgrades the tables of a database; may be run again.</summary>
    Task MigrateAsync(string database, CancellationToken cancel);

    /// <summary>Removes a database with all its tables.</summary>
    Task DropAsync(string database, CancellationToken cancel);

    /// <summary>What answers, for a person: <c>chDB 26.7.3 in process</c>.</summary>
    Task<string> DescribeAsync(CancellationToken cancel);
}
