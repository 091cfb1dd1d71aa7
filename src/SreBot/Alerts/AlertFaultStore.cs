using Dapper;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Alerts;

/// <summary>The rules that are set aside because they cannot be evaluated.</summary>
internal sealed class AlertFaultStore(PostgresDatabase postgres)
{
    private const string ReadSql = "SELECT alert_id AS alertid, since, why FROM alert_fault";

    /// <summary>By rule, of the scope's organization: show a fault beside a rule that the scope sees, and nowhere else.</summary>
    public async Task<IReadOnlyDictionary<Guid, AlertFault>> ReadAsync(AccessScope scope, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(scope, cancel);
        return (await session.Connection.QueryAsync<AlertFault>(session.Command(ReadSql, null, cancel))).ToDictionary(fault => fault.AlertId);
    }
}
