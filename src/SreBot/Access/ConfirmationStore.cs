using System.Text.Json;
using Dapper;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Access;

/// <summary>Plans that wait for a click of the person who asked for them: once, within a quarter of an hour.</summary>
internal sealed class ConfirmationStore(PostgresDatabase postgres, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private const string KeepSql = """
        INSERT INTO confirmation (organization_id, principal_id, verb, plan, expires_at)
        VALUES (@organizationId, @principalId, @verb, @plan::jsonb, @expiresAt)
        RETURNING id
        """;

    /// <param name="verb">Of the button that confirms.</param>
    /// <param name="plan">JSON by <see cref="SreJson"/>.</param>
    /// <returns>The button's value.</returns>
    public async Task<Guid> KeepAsync(Caller caller, string verb, object plan, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(caller.Scope, cancel);
        var id = await session.Connection.QuerySingleAsync<Guid>(session.Command(KeepSql, new
        {
            caller.Scope.OrganizationId,
            principalId = caller.Principal.Id,
            verb,
            plan = JsonSerializer.Serialize(plan, SreJson.Options),
            expiresAt = (time.GetUtcNow() + Lifetime).UtcDateTime,
        }, cancel));
        await session.CommitAsync(cancel);
        return id;
    }

    private const string TakeSql = """
        UPDATE confirmation
        SET used_at = @now
        WHERE id = @id AND verb = @verb AND principal_id = @principalId AND used_at IS NULL AND expires_at > @now
        RETURNING plan::text
        """;

    private const string WhySql = """
        SELECT principal_id = @principalId AS isown, used_at IS NOT NULL AS isused
        FROM confirmation
        WHERE id = @id AND verb = @verb
        """;

    /// <summary>Takes the plan, in the transaction that carries it out.</summary>
    /// <exception cref="SreException">NotFound, Forbidden or Conflict: unknown, another's, used, or expired.</exception>
    public async Task<T> TakeAsync<T>(PostgresSession session, Caller caller, string verb, string value, CancellationToken cancel)
    {
        _ = Guid.TryParse(value, out var id);
        var parameters = new { id, verb, principalId = caller.Principal.Id, now = time.GetUtcNow().UtcDateTime };
        if (await session.Connection.QuerySingleOrDefaultAsync<string>(session.Command(TakeSql, parameters, cancel)) is { } plan)
        {
            return JsonSerializer.Deserialize<T>(plan, SreJson.Options)!;
        }

        throw await session.Connection.QuerySingleOrDefaultAsync<Why>(session.Command(WhySql, parameters, cancel)) switch
        {
            null => new SreException(SreErrorKind.NotFound, "There is nothing to confirm here; ask again."),
            { IsOwn: false } => new SreException(SreErrorKind.Forbidden, "Only the person who asked can confirm this; ask for it yourself."),
            { IsUsed: true } => new SreException(SreErrorKind.Conflict, "This was confirmed before."),
            _ => new SreException(SreErrorKind.Conflict, "This plan is older than 15 minutes; ask again."),
        };
    }

    private sealed record Why
    {
        public bool IsOwn { get; init; }
        public bool IsUsed { get; init; }
    }
}
