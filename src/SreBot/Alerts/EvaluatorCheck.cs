using Dapper;
using SreBot.Adapters.Chat;
using SreBot.Postgres;

namespace SreBot.Alerts;

/// <summary>Whether the rules are evaluated in time, and whether any are set aside.</summary>
internal sealed class EvaluatorCheck(PostgresDatabase postgres) : ISetupCheck
{
    private const string ReadSql = """
        SELECT (SELECT count(*) FROM alert WHERE enabled AND NOT soft_delete) AS rules, extract(epoch FROM now() - min(last_tick))::float8 AS seconds
        FROM alert_shard;
        SELECT a.name, f.why
        FROM alert_fault f
        JOIN alert a ON a.organization_id = f.organization_id AND a.id = f.alert_id
        ORDER BY f.since, a.name
        LIMIT 5;
        SELECT count(*) FROM alert_fault;
        SELECT kind, since FROM self_alert WHERE ended_at IS NULL ORDER BY since;
        """;

    /// <summary>A minute without data is concluded after three more.</summary>
    private const double Late = 360;

    public string Part => "Alerts";

    public async Task<IReadOnlyList<SetupLine>> LookAsync(CancellationToken cancel)
    {
        await using var session = await postgres.BeginEvaluatorAsync(cancel);
        await using var all = await session.Connection.QueryMultipleAsync(session.Command(ReadSql, null, cancel));
        var (rules, seconds) = await all.ReadSingleAsync<(long, double?)>();
        var faults = await all.ReadAsync<(string Name, string Why)>();
        var count = await all.ReadSingleAsync<long>();
        var open = await all.ReadAsync<(string Kind, DateTime Since)>();
        return [Evaluated(rules, seconds), .. faults.Select(fault => Fault(fault.Name, fault.Why)), .. More(count), .. open.Select(alert => Open(alert.Kind, alert.Since))];
    }

    private static SetupLine Evaluated(long rules, double? seconds) => (rules, seconds) switch
    {
        (0, _) => new(SetupState.Off, "There are no alert rules.", "Make one in chat: alert create error_rate > 5% over 5m notify #here"),
        (_, > Late) => new(SetupState.Broken, $"The rules were last evaluated {seconds / 60:0} minutes ago.", "Look at the lines of Telemetry and PostgreSQL, and at the log."),
        (_, < -60) => new(SetupState.Broken, $"The rules were evaluated {-seconds / 60:0} minutes into the future; nothing is evaluated until then.", "A clock was wrong: compare this machine's with PostgreSQL's."),
        (_, null) => new(SetupState.Warning, "The rules have not been evaluated yet.", "Look again in a minute."),
        _ => new(SetupState.Good, $"{rules} {(rules == 1 ? "rule is" : "rules are")} evaluated; the last minute judged ended {seconds:0} s ago."),
    };

    private static SetupLine Fault(string name, string why) =>
        new(SetupState.Warning, $"The alert \"{name}\" is set aside: {why}", "Edit or delete it; the other alerts go on.");

    private static IEnumerable<SetupLine> More(long count) =>
        count > 5 ? [new(SetupState.Warning, $"{count - 5} more alerts are set aside.", "alert list shows them.")] : [];

    private static SetupLine Open(string kind, DateTime since) => kind == "ingest_stopped"
        ? new(SetupState.Broken, $"No requests have come since {since:yyyy-MM-dd HH:mm} UTC.", "Look at what sends them.")
        : new(SetupState.Broken, $"Alert evaluation has been behind since {since:yyyy-MM-dd HH:mm} UTC.", "Look at the lines of Telemetry and PostgreSQL, and at the log.");
}
