using Dapper;
using SreBot.Model;

namespace SreBot.Postgres;

/// <summary>Gives back what a killed process had leased, so that nothing waits for a lease to run out. Only where no other SreBot can run.</summary>
internal sealed class LeaseStartup(PostgresConnections connections, PostgresDatabase postgres) : IStartupStep
{
    private const string InboxSql = "UPDATE chat_turn SET lease_until = NULL WHERE done_at IS NULL";

    private const string LoopsSql = """
        UPDATE outbox SET lease_until = NULL, fence = fence + 1 WHERE status = 'waiting' AND lease_until IS NOT NULL;
        UPDATE alert_shard SET lease_until = NULL, fence = fence + 1;
        DELETE FROM alert_replica;
        """;

    public async Task RunAsync(CancellationToken cancel)
    {
        if (!connections.IsExclusive)
        {
            return;
        }

        await using (var gateway = await postgres.BeginGatewayAsync(cancel))
        {
            await gateway.Connection.ExecuteAsync(gateway.Command(InboxSql, null, cancel));
            await gateway.CommitAsync(cancel);
        }

        await using var evaluator = await postgres.BeginEvaluatorAsync(cancel);
        await evaluator.Connection.ExecuteAsync(evaluator.Command(LoopsSql, null, cancel));
        await evaluator.CommitAsync(cancel);
    }
}
