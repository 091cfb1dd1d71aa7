using System.Text.Json;
using Dapper;
using SreBot.Delivery.Receivers;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Delivery;

/// <summary>Whether a target may be told about projects: a channel by its links, a person's own chat by what that person may see, any other by an admin's word.</summary>
internal static class TargetGuard
{
    private const string SubscribersSql = """
        SELECT DISTINCT p.name, p.all_projects AS AllProjects, p.projects, p.conditions::text AS Conditions
        FROM subscription s
        JOIN principal p ON p.organization_id = s.organization_id AND p.id = s.principal_id
        WHERE s.organization_id = @organizationId AND s.target = @target
        """;

    /// <summary>The same for a rule or an incident without a filter.</summary>
    public static Task<string?> RefusalAsync(PostgresSession session, long organizationId, string target, IReadOnlyList<string> projects, CancellationToken cancel) =>
        RefusalAsync(session, organizationId, target, projects, [], cancel);

    /// <summary>Why that target must not be told, in one sentence that says what mends it; null when it may. Asked at save and again at send.</summary>
    /// <param name="session">A tenant's: the loops' role does not see people.</param>
    /// <param name="projects">What is told about.</param>
    /// <param name="filter">What else holds for all that is told: a person with conditions is told only when it implies them.</param>
    /// <exception cref="SreException">Invalid, when the text is no target.</exception>
    public static async Task<string?> RefusalAsync(PostgresSession session, long organizationId, string target, IReadOnlyList<string> projects,
        IReadOnlyList<DimensionCondition> filter, CancellationToken cancel)
    {
        var parsed = NotifyTarget.Parse(target);
        if (parsed.Kind != NotifyTargetKind.Chat)
        {
            return OfReceiver(parsed, await ReceiverRows.FindAsync(session, organizationId, parsed.ToString(), cancel), projects);
        }

        if (await ChannelGuard.RefusalAsync(session, organizationId, NotifyTarget.Chat(target), projects, cancel) is not { } refusal)
        {
            return null;
        }

        var subscribers = (await session.Connection.QueryAsync<Subscriber>(session.Command(SubscribersSql, new { organizationId, target }, cancel))).ToList();
        return subscribers switch
        {
            [] => refusal,
            _ when subscribers.Any(person => person.MayKnow(projects, filter)) => null,
            [var person, ..] => $"{person.Name} may not see all that this tells about ({string.Join(", ", projects)}); an admin admits people with: sre-bot admit",
        };
    }

    private static string? OfReceiver(NotifyTarget target, Receiver? receiver, IReadOnlyList<string> projects)
    {
        if (receiver is null)
        {
            return $"{target} is no receiver of this organization; an admin adds it with: receiver add {target.Word} {target.Name}";
        }

        var missing = receiver.Projects.Count == 0 ? [] : projects.Except(receiver.Projects).ToList();
        return missing.Count == 0 ? null : $"{target} may not be told of {string.Join(", ", missing)}; an admin adds it again with those projects: receiver add … for …";
    }

    private sealed record Subscriber
    {
        public string Name { get; init; } = "";
        public bool AllProjects { get; init; }
        public string[] Projects { get; init; } = [];
        public string Conditions { get; init; } = "[]";

        public bool MayKnow(IReadOnlyList<string> projects, IReadOnlyList<DimensionCondition> filter) =>
            (AllProjects || (projects.Count > 0 && projects.All(Projects.Contains)))
            && JsonSerializer.Deserialize<List<DimensionCondition>>(Conditions, SreJson.Options)!.All(filter.Contains);
    }
}
