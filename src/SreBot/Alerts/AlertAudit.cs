using Dapper;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Alerts;

/// <summary>Writes down who changed rules and silences, in the change's transaction.</summary>
internal static class AlertAudit
{
    private const string AddSql = "INSERT INTO audit (organization_id, at, principal, what) VALUES (@organizationId, @now, @who, @what)";

    public static Task AddAsync(PostgresSession session, AccessScope scope, string who, string what, DateTimeOffset now, CancellationToken cancel) =>
        session.Connection.ExecuteAsync(session.Command(AddSql, new { organizationId = scope.OrganizationId, now = now.UtcDateTime, who, what }, cancel));
}
