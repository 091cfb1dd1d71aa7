using Dapper;
using SreBot.Model;
using SreBot.Postgres;
using SreBot.Telemetry;
using SreBot.Telemetry.Sources;

namespace SreBot.Access;

/// <summary>Brings every organization's telemetry tables up to date; after a kill, rebuilds the roll-ups that the evaluator is about to read.</summary>
internal sealed class TelemetryStartup(PostgresDatabase postgres, ITelemetryStore telemetry, TelemetryRecovery recovery, IOperatorConsole console, TimeProvider time) : IStartupStep
{
    /// <summary>domain.md: after an unclean stop the last two hours are rebuilt before the first tick.</summary>
    private static readonly TimeSpan Rebuilt = TimeSpan.FromHours(2);

    private const string DatabasesSql = "SELECT DISTINCT telemetry_database FROM organization";

    public async Task RunAsync(CancellationToken cancel)
    {
        foreach (var database in await DatabasesAsync(cancel))
        {
            await telemetry.MigrateAsync(database, cancel);
            if (telemetry.ModeOf(database) == SourceMode.ReadOnly)
            {
                console.Say("Telemetry is only read (Telemetry:Source:Mode is read-only): alert rules look through the source's own rows, which is slower than roll-ups.");
            }

            if (recovery.IsNeeded)
            {
                await telemetry.RebuildRollupsAsync(database, time.GetUtcNow() - Rebuilt, time.GetUtcNow(), cancel);
            }
        }
    }

    private async Task<IReadOnlyList<string>> DatabasesAsync(CancellationToken cancel)
    {
        await using var session = await postgres.BeginGatewayAsync(cancel);
        return [.. await session.Connection.QueryAsync<string>(session.Command(DatabasesSql, null, cancel))];
    }
}
