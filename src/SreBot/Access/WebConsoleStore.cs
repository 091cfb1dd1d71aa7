using System.Text.Json;
using Dapper;
using SreBot.Adapters.Chat;
using SreBot.Adapters.Web;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Access;

/// <summary>The browser console's messages. A workspace is an organization's slug.</summary>
internal sealed class WebConsoleStore(PostgresDatabase postgres) : IWebConsoleStore
{
    private const string OrganizationSql = "SELECT id FROM organization WHERE slug = @slug";

    // Revisions rise in the order of commits: writers of one organization take turns, so that a reader who saw revision n misses nothing before it.
    private const string TurnSql = "SELECT pg_advisory_xact_lock(7083002, @organizationId::int)";

    private const string Columns = """
        id, channel, thread_id AS ThreadId, author, is_bot AS IsBot, text, reply::text AS reply, revision, at, edited_at AS EditedAt
        """;

    private const string AddSql = $"""
        INSERT INTO web_message (organization_id, channel, thread_id, private_to, author, is_bot, text, reply, key, revision)
        VALUES (@organizationId, @Channel, @ThreadId, @PrivateTo, @Author, @IsBot, @Text, @reply::jsonb, @Key, nextval('web_revision'))
        ON CONFLICT (organization_id, channel, key) DO NOTHING
        RETURNING {Columns}
        """;

    private const string FindSql = $"SELECT {Columns} FROM web_message WHERE channel = @channel AND key = @key";

    private const string UpdateSql = """
        UPDATE web_message SET reply = @reply::jsonb, text = @text, revision = nextval('web_revision'), edited_at = now() WHERE id = @id
        """;

    private const string ReadSql = $"""
        SELECT {Columns} FROM (
            SELECT * FROM web_message
            WHERE channel = @channel AND revision > @afterRevision AND (private_to IS NULL OR private_to = @visitor)
            ORDER BY revision DESC
            LIMIT @limit) newest
        ORDER BY revision
        """;

    public async Task<WebMessage> AddAsync(WebMessageDraft draft, CancellationToken cancel)
    {
        var organizationId = await FindOrganizationAsync(draft.Workspace, cancel);
        await using var session = await postgres.BeginAsync(organizationId, cancel);
        await session.Connection.ExecuteAsync(session.Command(TurnSql, new { organizationId }, cancel));
        var parameters = new
        {
            organizationId,
            draft.Channel,
            draft.ThreadId,
            draft.PrivateTo,
            draft.Author,
            draft.IsBot,
            draft.Text,
            reply = Json(draft.Reply),
            draft.Key,
        };
        var row = await session.Connection.QuerySingleOrDefaultAsync<MessageRow>(session.Command(AddSql, parameters, cancel))
            ?? await session.Connection.QuerySingleAsync<MessageRow>(session.Command(FindSql, new { channel = draft.Channel, key = draft.Key }, cancel));
        await session.CommitAsync(cancel);
        return row.ToMessage();
    }

    public async Task UpdateAsync(string workspace, long id, ChatReply reply, CancellationToken cancel)
    {
        var organizationId = await FindOrganizationAsync(workspace, cancel);
        await using var session = await postgres.BeginAsync(organizationId, cancel);
        await session.Connection.ExecuteAsync(session.Command(TurnSql, new { organizationId }, cancel));
        await session.Connection.ExecuteAsync(session.Command(UpdateSql, new { id, reply = Json(reply), text = reply.Summary }, cancel));
        await session.CommitAsync(cancel);
    }

    public async Task<IReadOnlyList<WebMessage>> ReadAsync(WebVisitor visitor, string channel, long afterRevision, int limit, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(await FindOrganizationAsync(visitor.User.Workspace, cancel), cancel);
        var rows = await session.Connection.QueryAsync<MessageRow>(session.Command(ReadSql, new { channel, afterRevision, visitor = visitor.User.Id, limit }, cancel));
        return [.. rows.Select(row => row.ToMessage())];
    }

    public async Task<WebMessage?> FindAsync(string workspace, string channel, string key, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(await FindOrganizationAsync(workspace, cancel), cancel);
        return (await session.Connection.QuerySingleOrDefaultAsync<MessageRow>(session.Command(FindSql, new { channel, key }, cancel)))?.ToMessage();
    }

    private async Task<long> FindOrganizationAsync(string slug, CancellationToken cancel)
    {
        await using var session = await postgres.BeginGatewayAsync(cancel);
        return await session.Connection.QuerySingleOrDefaultAsync<long?>(session.Command(OrganizationSql, new { slug }, cancel))
            ?? throw new SreException(SreErrorKind.NotFound, "That organization is no longer there; reload the page.");
    }

    private static string? Json(ChatReply? reply) => reply is null ? null : JsonSerializer.Serialize(reply, SreJson.Options);

    private sealed record MessageRow
    {
        public long Id { get; init; }
        public string Channel { get; init; } = "";
        public long? ThreadId { get; init; }
        public string Author { get; init; } = "";
        public bool IsBot { get; init; }
        public string Text { get; init; } = "";
        public string? Reply { get; init; }
        public long Revision { get; init; }
        public DateTime At { get; init; }
        public DateTime? EditedAt { get; init; }

        public WebMessage ToMessage() => new(Id, Channel, ThreadId, Author, IsBot, Text,
            Reply is null ? null : JsonSerializer.Deserialize<ChatReply>(Reply, SreJson.Options), Revision, At, EditedAt);
    }
}
