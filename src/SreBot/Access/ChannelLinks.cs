using Dapper;
using SreBot.Adapters.Chat;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Access;

/// <summary>Which projects a channel may see.</summary>
internal sealed class ChannelLinks(PostgresDatabase postgres, TimeProvider time)
{
    private const string ReadSql = """
        SELECT project_id FROM channel_link
        WHERE platform = @Platform AND workspace = @Workspace AND channel = @Channel
        ORDER BY project_id
        """;

    private const string AddSql = """
        INSERT INTO channel_link (organization_id, platform, workspace, channel, project_id, linked_by, created_at)
        VALUES (@organizationId, @Platform, @Workspace, @Channel, @project, @who, @now)
        ON CONFLICT DO NOTHING
        """;

    private const string RemoveSql = """
        DELETE FROM channel_link
        WHERE platform = @Platform AND workspace = @Workspace AND channel = @Channel AND project_id = @project
        """;

    /// <summary>The organization's projects that the channel is linked to; none when empty.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(AccessScope scope, ChatAddress channel, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(scope, cancel);
        return [.. await session.Connection.QueryAsync<string>(session.Command(ReadSql, channel, cancel))];
    }

    public Task AddAsync(AccessScope scope, ChatAddress channel, string project, string who, CancellationToken cancel) =>
        WriteAsync(scope, AddSql, new { scope.OrganizationId, channel.Platform, channel.Workspace, channel.Channel, project, who, now = time.GetUtcNow().UtcDateTime }, cancel);

    public Task RemoveAsync(AccessScope scope, ChatAddress channel, string project, CancellationToken cancel) =>
        WriteAsync(scope, RemoveSql, new { channel.Platform, channel.Workspace, channel.Channel, project }, cancel);

    private async Task WriteAsync(AccessScope scope, string sql, object parameters, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(scope, cancel);
        await session.Connection.ExecuteAsync(session.Command(sql, parameters, cancel));
        await session.CommitAsync(cancel);
    }
}
