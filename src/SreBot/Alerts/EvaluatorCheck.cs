using Dapper;
using SreBot.Adapters.Chat;
using SreBot.Postgres;

namespace SreBot.Alerts;

/// <summary>Whether the rules are evaluated in time.</summary>
internal sealed class EvaluatorCheck(PostgresDatabase postgres) : ISetupCheck
{
    private const string ReadSql = """
        SELECT (SELECT count(*) FROM alert WHERE enabled AND NOT soft_delete) AS rules, extract(epoch FROM now() - min(last_tick))::float8 AS seconds
        FROM alert_shard
        """;

    /// <summary>A minute without data is concluded after three more.</summary>
    private const double Late = 360;

    public string Part => "Alerts";

    public async Task<IReadOnlyList<SetupLine>> LookAsync(CancellationToken cancel)
    {
        await using var session = await postgres.BeginEvaluatorAsync(cancel);
        var (rules, seconds) = await session.Connection.QuerySingleAsync<(long, double?)>(session.Command(ReadSql, null, cancel));
        return (rules, seconds) switch
        {
            (0, _) => [new(SetupState.Off, "There are no alert rules.", "Make one in chat: alert create error_rate > 5% over 5m notify #here")],
            (_, > Late) => [new(SetupState.Broken, $"The rules were last evaluated {seconds / 60:0} minutes ago.", "Look at the lines of Telemetry and PostgreSQL, and at the log.")],
            (_, null) => [new(SetupState.Warning, "The rules have not been evaluated yet.", "Look again in a minute.")],
            _ => [new(SetupState.Good, $"{rules} {(rules == 1 ? "rule is" : "rules are")} evaluated; the last minute judged ended {seconds:0} s ago.")],
        };
    }
}
