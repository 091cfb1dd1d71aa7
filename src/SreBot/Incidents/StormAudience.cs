using Dapper;
using SreBot.Postgres;

namespace SreBot.Incidents;

/// <summary>Which projects each target may be told of, so that one alert that a channel may not know of does not keep the whole storm from it.</summary>
/// <param name="projects">By target; empty: all. A target that is not there may be told of none.</param>
internal sealed class StormAudience(IReadOnlyDictionary<string, HashSet<string>> projects)
{
    private const string OfSql = """
        SELECT platform || ':' || workspace || '/' || channel AS target, array_agg(project_id) AS projects
        FROM channel_link
        GROUP BY 1
        UNION ALL
        SELECT target, projects
        FROM receiver
        """;

    public static async Task<StormAudience> OfAsync(PostgresSession session, CancellationToken cancel)
    {
        var rows = await session.Connection.QueryAsync<(string Target, string[] Projects)>(session.Command(OfSql, null, cancel));
        return new StormAudience(rows.ToDictionary(row => row.Target, row => row.Projects.ToHashSet()));
    }

    /// <summary>The members that a target is told of. All of those that name it when it may hear of none: delivery refuses that message and says why.</summary>
    public IReadOnlyList<IncidentMember> Told(string target, IReadOnlyList<IncidentMember> members)
    {
        if (!projects.TryGetValue(target, out var allowed) || allowed.Count == 0)
        {
            return members;
        }

        var told = members.Where(member => member.Projects.All(allowed.Contains)).ToList();
        return told.Count == 0 ? members : told;
    }
}
