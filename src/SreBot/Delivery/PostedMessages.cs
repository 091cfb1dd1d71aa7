using Dapper;
using SreBot.Adapters.Chat;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Delivery;

/// <summary>Remembers which message stands for which subject, so that it is edited and not posted anew.</summary>
internal sealed class PostedMessages(PostgresDatabase postgres)
{
    private const string FindSql = """
        SELECT message_id AS messageid, sequence
        FROM posted_message
        WHERE organization_id = @organizationId AND subject = @subject AND target = @target
        """;

    /// <summary>Null before the first post.</summary>
    public async Task<PostedMessage?> FindAsync(OutboxItem item, CancellationToken cancel)
    {
        await using var session = await postgres.BeginEvaluatorAsync(cancel);
        return await session.Connection.QuerySingleOrDefaultAsync<PostedMessage>(session.Command(FindSql, new { item.OrganizationId, item.Subject, item.Target }, cancel));
    }

    private const string SubjectSql = """
        SELECT subject
        FROM posted_message
        WHERE organization_id = @OrganizationId AND target = @target AND message_id = @thread
        LIMIT 1
        """;

    /// <summary>The subject whose message a thread hangs on, such as <c>incident:42</c>; null for any other place.</summary>
    public async Task<string?> FindSubjectAsync(AccessScope scope, ChatAddress address, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(scope, cancel);
        return await session.Connection.QuerySingleOrDefaultAsync<string>(session.Command(SubjectSql, new { scope.OrganizationId, target = address.ToTarget(), thread = address.Thread }, cancel));
    }

    private const string SaveSql = """
        INSERT INTO posted_message (organization_id, subject, target, message_id, sequence)
        VALUES (@organizationId, @subject, @target, @messageId, @sequence)
        ON CONFLICT (organization_id, subject, target) DO UPDATE SET message_id = excluded.message_id, sequence = excluded.sequence
        WHERE posted_message.sequence <= excluded.sequence
        """;

    /// <summary>The message shows that row's text now; an older row changes nothing.</summary>
    public async Task SaveAsync(OutboxItem item, string messageId, CancellationToken cancel)
    {
        await using var session = await postgres.BeginEvaluatorAsync(cancel);
        await session.Connection.ExecuteAsync(session.Command(SaveSql, new { item.OrganizationId, item.Subject, item.Target, messageId, item.Sequence }, cancel));
        await session.CommitAsync(cancel);
    }
}
