using Dapper;
using SreBot.Adapters.Chat;
using SreBot.Postgres;

namespace SreBot.Access;

/// <summary>Whether somebody may ask in the chats that are set up, and whether channels show projects.</summary>
internal sealed class PeopleCheck(PostgresDatabase postgres, IEnumerable<IChatPoster> surfaces) : ISetupCheck
{
    private const string CountSql = """
        SELECT (SELECT count(*) FROM chat_identity WHERE platform = @platform) AS People,
            (SELECT count(DISTINCT (workspace, channel)) FROM channel_link WHERE platform = @platform) AS Channels
        """;

    private const string TokensSql = "SELECT count(*) FROM token";

    public string Part => "People";

    public async Task<IReadOnlyList<SetupLine>> LookAsync(CancellationToken cancel)
    {
        await using var session = await postgres.BeginGatewayAsync(cancel);
        var tokens = await session.Connection.QuerySingleAsync<long>(session.Command(TokensSql, null, cancel));
        List<SetupLine> lines = [new(SetupState.Good, $"{Count(tokens, "API token")} known.")];
        foreach (var platform in surfaces.Select(surface => surface.Platform).Where(platform => platform != "web").Distinct())
        {
            var (people, channels) = await session.Connection.QuerySingleAsync<(long, long)>(session.Command(CountSql, new { platform }, cancel));
            lines.Add(people == 0
                ? new(SetupState.Broken, $"Nobody may ask on {platform}.", "Write to the bot there: it answers with a code. Then: sre-bot admit <code> --role admin")
                : new(SetupState.Good, $"{Count(people, "person", "people")} may ask on {platform}."));
            lines.Add(channels == 0
                ? new(SetupState.Warning, $"No {platform} channel shows a project.", "In a channel with the bot, an admin says: link Project_1")
                : new(SetupState.Good, $"{Count(channels, $"{platform} channel")} linked to projects."));
        }

        return lines;
    }

    private static string Count(long count, string one, string? many = null) => count == 1 ? $"1 {one}" : $"{count} {many ?? one + "s"}";
}
