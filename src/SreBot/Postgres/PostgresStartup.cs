using SreBot.Model;

namespace SreBot.Postgres;

/// <summary>Brings the tables up to date.</summary>
internal sealed class PostgresStartup(PostgresConnections connections) : IStartupStep
{
    public Task RunAsync(CancellationToken cancel) => PostgresMigrator.MigrateAsync(connections.Migration, cancel);
}
