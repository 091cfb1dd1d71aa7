using Dapper;
using SreBot.Postgres;

namespace SreBot.Hosting;

/// <summary>Waits at the start until the evaluator has caught up and its incidents are open, so that the first question finds them. Never for long: alerts go on by themselves.</summary>
internal sealed class CatchUp(PostgresDatabase postgres, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // Without rules there is nothing to wait for. A minute without data is concluded after three more.
    private const string DoneSql = """
        SELECT NOT EXISTS (SELECT FROM alert WHERE enabled AND NOT soft_delete)
            OR (SELECT bool_and(coalesce(last_tick >= now() - interval '5 minutes', false)) FROM alert_shard)
            AND NOT EXISTS (SELECT FROM outbox WHERE status = 'waiting' AND target = 'self' AND due <= now())
        """;

    public async Task WaitAsync(CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        while (!await IsDoneAsync(cancel) && time.GetElapsedTime(start) < Patience)
        {
            await Task.Delay(Pause, time, cancel);
        }
    }

    private async Task<bool> IsDoneAsync(CancellationToken cancel)
    {
        await using var session = await postgres.BeginEvaluatorAsync(cancel);
        return await session.Connection.QuerySingleAsync<bool>(session.Command(DoneSql, null, cancel));
    }
}
