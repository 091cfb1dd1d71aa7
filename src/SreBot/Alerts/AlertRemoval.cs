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

    private const string EndSql = """
        UPDATE alert_history h
        SET alert_end_time = @now, status = 'resolved', updated_at = @now
        FROM alert_state s
        WHERE h.alert_id = @id AND h.alert_end_time IS NULL AND s.alert_id = h.alert_id AND s.episode_id = h.id
        RETURNING h.id, s.announced
        """;

    private const string ForgetSql = "DELETE FROM alert_state WHERE alert_id = @id";

    /// <param name="rule">One that the scope sees.</param>
    /// <exception cref="SreException">Forbidden.</exception>
    public async Task DeleteAsync(AccessScope scope, AlertRule rule, DateTimeOffset now, CancellationToken cancel)
    {
        scope.Require(Role.Sre, "delete alerts");
        await using var session = await postgres.BeginAsync(scope, cancel);
        var parameters = new { rule.Id, now = now.UtcDateTime };
        await session.Connection.ExecuteAsync(session.Command(DeleteSql, parameters, cancel));
        foreach (var ended in await session.Connection.QueryAsync<Ended>(session.Command(EndSql, parameters, cancel)))
        {
            if (ended.Announced)
            {
                var payload = new IncidentPayload { Change = IncidentChange.Resolved, AlertId = rule.Id, EpisodeId = ended.Id, At = now };
                await Outbox.AddAsync(session, scope.OrganizationId, $"episode:{ended.Id}", now.ToUnixTimeSeconds(), IncidentPayload.Handler, "self", payload, now, cancel);
            }
        }

        await session.Connection.ExecuteAsync(session.Command(ForgetSql, parameters, cancel));
        await session.CommitAsync(cancel);
        signal.Set();
    }

    private sealed record Ended
    {
        public Guid Id { get; init; }
        public bool Announced { get; init; }
    }
}
