using Dapper;
using SreBot.Alerts.Rules;
using SreBot.Postgres;

namespace SreBot.Alerts.Evaluation;

/// <summary>Writes SreBot's alerts on itself in the tick's own transaction, with one message to every target that rules of the organization name.</summary>
internal static class SelfAlertStore
{
    private const string OpenSql = """
        INSERT INTO self_alert (organization_id, kind, since) VALUES (@OrganizationId, @kind, @since)
        ON CONFLICT (organization_id, kind) WHERE ended_at IS NULL DO NOTHING
        RETURNING id
        """;

    private const string EndSql = "UPDATE self_alert SET ended_at = @at WHERE organization_id = @OrganizationId AND id = @Id AND ended_at IS NULL RETURNING id";

    private const string TargetsSql = """
        SELECT DISTINCT unnest(targets) FROM alert WHERE organization_id = @OrganizationId AND enabled AND NOT soft_delete
        UNION
        SELECT target FROM outbox WHERE organization_id = @OrganizationId AND subject = @subject AND handler = 'notify'
        """;

    public static async Task WriteAsync(PostgresSession session, IReadOnlyList<SelfAlertChange> changes, DateTimeOffset tick, CancellationToken cancel)
    {
        var posts = new List<AlertPost>();
        foreach (var change in changes)
        {
            var row = new { change.OrganizationId, change.Id, kind = AlertNames.Of(change.Kind), since = change.Since.UtcDateTime, at = tick.UtcDateTime };
            if (await session.Connection.QuerySingleOrDefaultAsync<Guid?>(session.Command(change.Id is null ? OpenSql : EndSql, row, cancel)) is not { } id)
            {
                continue; // another shard was first
            }

            var subject = $"self:{AlertNames.Of(change.Kind)}:{id}";
            var targets = await session.Connection.QueryAsync<string>(session.Command(TargetsSql, new { change.OrganizationId, subject }, cancel));
            posts.AddRange(targets.Select(target => AlertPost.ToPeople(change.OrganizationId, subject, change.Id is null ? 1 : 2, target, SelfAlertMessage.Of(change, id, tick))));
        }

        await using var batch = new AlertBatch(session);
        AlertTickStore.Post(batch, posts, tick);
        await batch.ExecuteAsync(cancel);
    }
}
