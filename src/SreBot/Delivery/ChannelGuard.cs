using Dapper;
using SreBot.Adapters.Chat;
using SreBot.Postgres;

namespace SreBot.Delivery;

/// <summary>Whether a channel may be told about projects.</summary>
internal static class ChannelGuard
{
    private const string FindSql = """
        SELECT project_id
        FROM channel_link
        WHERE organization_id = @organizationId AND platform = @platform AND workspace = @workspace AND channel = @channel
        """;

    /// <summary>Why that channel must not be told, in one sentence that says what mends it; null when it may.</summary>
    /// <param name="projects">What the message tells about.</param>
    public static async Task<string?> RefusalAsync(PostgresSession session, long organizationId, ChatAddress channel, IReadOnlyList<string> projects, CancellationToken cancel)
    {
        var linked = (await session.Connection.QueryAsync<string>(session.Command(FindSql,
            new { organizationId, platform = channel.Platform, workspace = channel.Workspace, channel = channel.Channel }, cancel))).ToHashSet();
        var missing = projects.Where(project => !linked.Contains(project)).ToList();
        return (linked.Count, missing.Count) switch
        {
            (0, _) => $"The channel {channel.ToTarget()} is not linked to a project of this organization; an admin links it there with: link {missing.FirstOrDefault() ?? "Project_1"}",
            (_, > 0) => $"The channel {channel.ToTarget()} is not linked to {string.Join(", ", missing)}; an admin links it there with: link {missing[0]}",
            _ => null,
        };
    }
}
