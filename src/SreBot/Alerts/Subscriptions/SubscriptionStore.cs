using Dapper;
using SreBot.Alerts.Rules;
using SreBot.Delivery;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Alerts.Subscriptions;

/// <summary>Who wants to be told of a rule beside its own targets.</summary>
internal sealed class SubscriptionStore(PostgresDatabase postgres, TimeProvider time)
{
    private const string AddSql = """
        INSERT INTO subscription (organization_id, alert_id, principal_id, target, created_at)
        VALUES (@organizationId, @alertId, @principalId, @target, @now)
        ON CONFLICT DO NOTHING
        """;

    /// <param name="rule">One that the caller sees.</param>
    /// <exception cref="SreException">Forbidden: nobody knows the person; Invalid: the target may not be told of the rule's projects.</exception>
    public async Task AddAsync(Caller caller, AlertRule rule, string target, CancellationToken cancel)
    {
        Require(caller);
        await using var session = await postgres.BeginAsync(caller.Scope, cancel);
        if (!AlertTarget.IsChat(target) && await TargetGuard.RefusalAsync(session, caller.Scope.OrganizationId, target, rule.Projects, rule.Filter, cancel) is { } refusal)
            throw new SreException(SreErrorKind.Invalid, refusal);

        var (organizationId, principalId) = (caller.Scope.OrganizationId, caller.Principal.Id);
        await session.Connection.ExecuteAsync(session.Command(AddSql, new { organizationId, alertId = rule.Id, principalId, target, now = time.GetUtcNow().UtcDateTime }, cancel));
        await session.CommitAsync(cancel);
    }

    private const string RemoveSql = "DELETE FROM subscription WHERE alert_id = @alertId AND principal_id = @principalId AND (@target::text IS NULL OR target = @target)";

    /// <param name="target">Null: all of the person's.</param>
    /// <returns>How many there were.</returns>
    public async Task<int> RemoveAsync(Caller caller, AlertRule rule, string? target, CancellationToken cancel)
    {
        Require(caller);
        await using var session = await postgres.BeginAsync(caller.Scope, cancel);
        var count = await session.Connection.ExecuteAsync(session.Command(RemoveSql, new { alertId = rule.Id, principalId = caller.Principal.Id, target }, cancel));
        await session.CommitAsync(cancel);
        return count;
    }

    private const string TargetsSql = "SELECT DISTINCT target FROM subscription WHERE alert_id = @id ORDER BY target";

    /// <summary>Where the rule's subscribers want to be told.</summary>
    public async Task<IReadOnlyList<string>> TargetsAsync(AccessScope scope, AlertRule rule, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(scope, cancel);
        return [.. await session.Connection.QueryAsync<string>(session.Command(TargetsSql, new { rule.Id }, cancel))];
    }

    private const string OwnSql = $"""
        SELECT a.name AS alert, s.target
        FROM subscription s
        JOIN alert a ON a.id = s.alert_id
        WHERE s.principal_id = @principalId AND {AlertStore.VisibleSql}
        ORDER BY lower(a.name), s.target
        """;

    /// <summary>What the person is told of, and where, as far as the caller sees it; by name.</summary>
    public async Task<IReadOnlyList<Subscription>> OwnAsync(Caller caller, CancellationToken cancel)
    {
        var parameters = AlertStore.Visible(caller.Scope, null);
        parameters.Add("principalId", caller.Principal.Id);
        await using var session = await postgres.BeginAsync(caller.Scope, cancel);
        return [.. await session.Connection.QueryAsync<Subscription>(session.Command(OwnSql, parameters, cancel))];
    }

    private static void Require(Caller caller)
    {
        if (caller.Principal.Id == Guid.Empty)
            throw new SreException(SreErrorKind.Forbidden, $"I do not know you yet, so I cannot write to you; an admin admits you with: sre-bot admit {caller.User?.Platform} {caller.User?.Workspace} {caller.User?.Id}");
    }
}
