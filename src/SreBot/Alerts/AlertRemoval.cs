using Dapper;
using SreBot.Alerts.Rules;
using SreBot.Delivery;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Alerts;

/// <summary>Deletes rules: what they have open ends with them, and their history stays.</summary>
internal sealed class AlertRemoval(PostgresDatabase postgres, OutboxSignal signal)
{
    private const string DeleteSql = "UPDATE alert SET soft_delete = true, version = version + 1, updated_at = @now WHERE id = @id AND NOT soft_delete";

    /// <param name="rule">One that the scope sees.</param>
    /// <exception cref="SreException">Forbidden.</exception>
    public async Task DeleteAsync(AccessScope scope, AlertRule rule, string by, DateTimeOffset now, CancellationToken cancel)
    {
        scope.Require(Role.Sre, "delete alerts");
        await using var session = await postgres.BeginAsync(scope, cancel);
        await session.Connection.ExecuteAsync(session.Command(DeleteSql, new { rule.Id, now = now.UtcDateTime }, cancel));
        await EndAsync(session, scope.OrganizationId, rule.Id, now, cancel);
        await AlertAudit.AddAsync(session, scope, by, $"deleted the alert \"{rule.Name}\": {AlertText.Command(rule)}", now, cancel);
        await session.CommitAsync(cancel);
        signal.Set();
    }

    private const string EndSql = """
        UPDATE alert_history h
        SET alert_end_time = @now, status = 'resolved', updated_at = @now
        FROM alert_state s
        WHERE h.alert_id = @id AND h.alert_end_time IS NULL AND s.alert_id = h.alert_id AND s.episode_id = h.id
        RETURNING h.id, s.announced
        """;

    private const string ForgetSql = "DELETE FROM alert_state WHERE alert_id = @id; DELETE FROM alert_fault WHERE alert_id = @id;";

    /// <summary>Ends what a rule has open, in the transaction that deletes or disables it. Left out, or overtaken by a tick, the evaluator does it at its next tick.</summary>
    public static async Task EndAsync(PostgresSession session, long organizationId, Guid id, DateTimeOffset now, CancellationToken cancel)
    {
        var parameters = new { id, now = now.UtcDateTime };
        foreach (var ended in await session.Connection.QueryAsync<Ended>(session.Command(EndSql, parameters, cancel)))
        {
            if (ended.Announced)
            {
                var payload = new IncidentPayload { Change = IncidentChange.Resolved, AlertId = id, EpisodeId = ended.Id, At = now };
                await Outbox.AddAsync(session, organizationId, $"episode:{ended.Id}", now.ToUnixTimeSeconds(), IncidentPayload.Handler, "self", payload, now, cancel);
            }
        }

        await session.Connection.ExecuteAsync(session.Command(ForgetSql, parameters, cancel));
    }

    private sealed record Ended
    {
        public Guid Id { get; init; }
        public bool Announced { get; init; }
    }
}
