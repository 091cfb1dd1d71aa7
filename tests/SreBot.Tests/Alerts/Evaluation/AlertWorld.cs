using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using SreBot.Alerts.Evaluation;
using SreBot.Postgres;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Alerts.Evaluation;

/// <summary>Ticks of one shard on a real PostgreSQL, with readings as the test says.</summary>
internal sealed class AlertWorld(PostgresDatabase postgres, long organization)
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 50, 0, TimeSpan.Zero);

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    private readonly AlertBookStore books = new(postgres, NullLogger<AlertBookStore>.Instance);
    private readonly AlertTickStore ticks = new(postgres);
    private AlertBook book = new();

    public AlertBook Book => book;

    public long Organization => organization;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<AlertWorld> NewAsync(PostgresFixture fixture)
    {
        var postgres = await fixture.NewDatabaseAsync();
        var world = new AlertWorld(postgres, await PostgresFixture.NewOrganizationAsync(postgres, "acme", "Project_1"));
        await world.ExecuteAsync("UPDATE alert_shard SET last_tick = @last", new { last = Start.UtcDateTime });
        return world;
    }

    /// <summary>What was in memory is gone.</summary>
    public void Restart() => book = new AlertBook();

    /// <param name="behind">How far the present is from the tick.</param>
    public async Task<AlertTickWrite> TickAsync(DateTimeOffset tick, AlertReadings readings, TimeSpan behind = default, bool isTimedOut = false)
    {
        var lease = (await new AlertShardStore(postgres).TakeAsync("world", Lease, Cancel)).Single(lease => lease.Shard == 0);
        await books.RefreshAsync(book, [lease], Cancel);
        var due = new AlertDue(tick, [lease], new Dictionary<int, int>());
        var write = AlertDecision.Of(due, lease, book, [new AlertRead("sre", readings, isTimedOut)], [], tick + behind, TimeSpan.FromMinutes(5));
        Assert.Equal(AlertCommit.Done, await ticks.CommitAsync(write with { DigestOnce = write.DigestOnce is null ? null : DateTimeOffset.MinValue }, Lease, Cancel));
        book.Shards[0].Pass(write);
        return write;
    }

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var session = await postgres.BeginEvaluatorAsync(Cancel);
        await session.Connection.ExecuteAsync(session.Command(sql, parameters, Cancel));
        await session.CommitAsync(Cancel);
    }

    public async Task<IReadOnlyList<string>> LinesAsync(string sql)
    {
        await using var session = await postgres.BeginEvaluatorAsync(Cancel);
        return [.. await session.Connection.QueryAsync<string>(session.Command(sql, null, Cancel))];
    }
}
