using System.Text.Json;
using Dapper;
using SreBot.Adapters.Chat;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Access;

/// <summary>The chat inbox and the conversation references, in PostgreSQL. Leases use PostgreSQL's clock.</summary>
internal sealed class ChatStateStore(PostgresDatabase postgres) : IChatStateStore
{
    private const string StoreSql = """
        INSERT INTO chat_turn (platform, event_id, turn) VALUES (@Platform, @EventId, @turn::jsonb)
        ON CONFLICT (platform, event_id) DO NOTHING
        """;

    private const string TakeSql = """
        UPDATE chat_turn SET lease_until = now() + @lease, attempts = attempts + 1
        WHERE id = (
            SELECT id FROM chat_turn
            WHERE done_at IS NULL AND (lease_until IS NULL OR lease_until < now())
            ORDER BY id
            LIMIT 1
            FOR UPDATE SKIP LOCKED)
        RETURNING id, turn::text AS turn, attempts
        """;

    private const string RenewSql = "UPDATE chat_turn SET lease_until = now() + @lease WHERE id = @Id AND done_at IS NULL";

    private const string CompleteSql = "UPDATE chat_turn SET done_at = now() WHERE id = @Id";

    private const string SaveReferenceSql = """
        INSERT INTO chat_reference (platform, workspace, channel, reference) VALUES (@Platform, @Workspace, @Channel, @json::jsonb)
        ON CONFLICT (platform, workspace, channel) DO UPDATE SET reference = excluded.reference, updated_at = now()
        """;

    private const string FindReferenceSql = "SELECT reference::text FROM chat_reference WHERE platform = @Platform AND workspace = @Workspace AND channel = @Channel";

    public async Task<bool> StoreTurnAsync(ChatTurn turn, CancellationToken cancel) =>
        await WriteAsync(StoreSql, new { turn.Address.Platform, turn.EventId, turn = JsonSerializer.Serialize(turn, SreJson.Options) }, cancel) == 1;

    public async Task<StoredTurn?> TakeTurnAsync(TimeSpan lease, CancellationToken cancel)
    {
        await using var session = await postgres.BeginGatewayAsync(cancel);
        var row = await session.Connection.QuerySingleOrDefaultAsync<TurnRow>(session.Command(TakeSql, new { lease }, cancel));
        await session.CommitAsync(cancel);
        return row is null ? null : new StoredTurn(row.Id, JsonSerializer.Deserialize<ChatTurn>(row.Turn, SreJson.Options)!, row.Attempts);
    }

    public Task RenewTurnAsync(StoredTurn turn, TimeSpan lease, CancellationToken cancel) => WriteAsync(RenewSql, new { turn.Id, lease }, cancel);

    public Task CompleteTurnAsync(StoredTurn turn, CancellationToken cancel) => WriteAsync(CompleteSql, new { turn.Id }, cancel);

    public Task SaveReferenceAsync(ChatAddress channel, string json, CancellationToken cancel) =>
        WriteAsync(SaveReferenceSql, new { channel.Platform, channel.Workspace, channel.Channel, json }, cancel);

    public async Task<string?> FindReferenceAsync(ChatAddress channel, CancellationToken cancel)
    {
        await using var session = await postgres.BeginGatewayAsync(cancel);
        return await session.Connection.QuerySingleOrDefaultAsync<string>(session.Command(FindReferenceSql, channel, cancel));
    }

    private async Task<int> WriteAsync(string sql, object parameters, CancellationToken cancel)
    {
        await using var session = await postgres.BeginGatewayAsync(cancel);
        var count = await session.Connection.ExecuteAsync(session.Command(sql, parameters, cancel));
        await session.CommitAsync(cancel);
        return count;
    }

    private sealed record TurnRow
    {
        public long Id { get; init; }
        public string Turn { get; init; } = "";
        public int Attempts { get; init; }
    }
}
