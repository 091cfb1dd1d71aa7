using Dapper;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Planning;

/// <summary>What was said in a thread.</summary>
internal sealed class ConversationStore(PostgresDatabase postgres, TimeProvider time)
{
    private const int Remembered = 10;
    private const int MostAnswer = 2000;

    private const string ReadSql = """
        SELECT question, answer
        FROM (
            SELECT id, question, answer
            FROM conversation_turn
            WHERE organization_id = @OrganizationId AND thread = @thread
            ORDER BY id DESC
            LIMIT @Remembered
        ) AS latest
        ORDER BY id
        """;

    private const string AddSql = """
        INSERT INTO conversation_turn (organization_id, thread, question, answer, at)
        VALUES (@OrganizationId, @thread, @question, @answer, @now)
        """;

    /// <summary>The last turns, oldest first.</summary>
    public async Task<IReadOnlyList<ConversationTurn>> ReadAsync(AccessScope scope, string thread, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(scope, cancel);
        return [.. await session.Connection.QueryAsync<ConversationTurn>(session.Command(ReadSql, new { scope.OrganizationId, thread, Remembered }, cancel))];
    }

    public async Task AddAsync(AccessScope scope, string thread, string question, string answer, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(scope, cancel);
        await session.Connection.ExecuteAsync(session.Command(AddSql, new
        {
            scope.OrganizationId, thread, question, answer = answer.Length <= MostAnswer ? answer : answer[..MostAnswer], now = time.GetUtcNow().UtcDateTime,
        }, cancel));
        await session.CommitAsync(cancel);
    }
}
