using System.Text.Json;
using Dapper;
using SreBot.Alerts.Rules;
using SreBot.Alerts.Silences;
using SreBot.Alerts.States;
using SreBot.Evidence;
using SreBot.Model;
using SreBot.Postgres;
using SreBot.Telemetry;

namespace SreBot.Alerts;

/// <summary>The rules of an organization, as far as a scope sees them: all of a rule's projects, and no less than the scope's conditions.</summary>
/// <param name="telemetry">Says what is recorded; null: all of it.</param>
internal sealed class AlertStore(PostgresDatabase postgres, ITelemetryStore? telemetry = null, TimeProvider? time = null)
{
    /// <summary>Of a table that is called <c>a</c>, with the parameters of <see cref="Visible"/>.</summary>
    public const string VisibleSql = "NOT a.soft_delete AND a.projects <@ @projects AND a.filter @> @conditions::jsonb";

    private const string ListSql = $"""
        SELECT {AlertRow.Columns}
        FROM alert a
        WHERE {VisibleSql}
        ORDER BY lower(a.name)
        """;

    private const string StatesSql = """
        SELECT alert_id AS alertid, phase, since, value, episode_id IS NOT NULL AS isopen
        FROM alert_state
        """;

    private const string FaultsSql = "SELECT alert_id, why FROM alert_fault";

    private const string SilencesSql = $"SELECT {SilenceRow.Columns} FROM silence WHERE ends_at > @now OR repeats IS NOT NULL";

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<AlertStanding>> ListAsync(AccessScope scope, CancellationToken cancel)
    {
        var now = (time ?? TimeProvider.System).GetUtcNow();
        await using var session = await postgres.BeginAsync(scope, cancel);
        var rules = await session.Connection.QueryAsync<AlertRow>(session.Command(ListSql, Visible(scope, null), cancel));
        var states = (await session.Connection.QueryAsync<StateRow>(session.Command(StatesSql, null, cancel))).ToLookup(row => row.AlertId);
        var faults = (await session.Connection.QueryAsync<(Guid Id, string Why)>(session.Command(FaultsSql, null, cancel))).ToDictionary(fault => fault.Id, fault => fault.Why);
        var silences = (await session.Connection.QueryAsync<SilenceRow>(session.Command(SilencesSql, new { now = now.UtcDateTime }, cancel))).Select(row => row.ToSilence()).ToList();
        return [.. rules.Select(row => Standing(row.ToRule(), states[row.Id].ToList())).Select(standing => standing with
        {
            SilencedUntil = silences.Where(silence => silence.Covers(standing.Rule, "", now)).Max(silence => silence.EndOf(now)),
            Fault = faults.GetValueOrDefault(standing.Rule.Id),
        })];
    }

    /// <summary>By name, without regard to case.</summary>
    /// <exception cref="SreException">NotFound, naming the nearest of those that are there.</exception>
    public async Task<AlertStanding> FindAsync(AccessScope scope, string name, CancellationToken cancel)
    {
        var all = await ListAsync(scope, cancel);
        return all.FirstOrDefault(standing => string.Equals(standing.Rule.Name, name.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw new SreException(SreErrorKind.NotFound, $"There is no alert \"{name}\" that you can see; " + (all.Count == 0
                ? $"there are none yet. For example: {AlertGrammar.Example}"
                : NearestName.Of(name, all.Select(standing => standing.Rule.Name)) is { Count: > 0 } near ? $"did you mean {string.Join(" or ", near.Select(known => $"\"{known}\""))}?"
                : $"there are {string.Join(", ", all.Take(10).Select(standing => $"\"{standing.Rule.Name}\""))}."));
    }

    /// <summary>Without their states.</summary>
    public async Task<IReadOnlyList<AlertRule>> RulesAsync(AccessScope scope, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(scope, cancel);
        return [.. (await session.Connection.QueryAsync<AlertRow>(session.Command(ListSql, Visible(scope, null), cancel))).Select(row => row.ToRule())];
    }

    private static AlertStanding Standing(AlertRule rule, List<StateRow> states)
    {
        var gravest = states.OrderByDescending(row => Gravity(row.Phase)).ThenBy(row => row.Since).FirstOrDefault();
        return gravest is null
            ? new AlertStanding(rule, AlertPhase.Resolved, null, null, 0)
            : new AlertStanding(rule, AlertNames.Parse<AlertPhase>(gravest.Phase), gravest.Since, gravest.Value, states.Count(row => row.IsOpen));
    }

    private static int Gravity(string phase) => Array.IndexOf(["resolved", "pending", "no_data", "error", "cooldown", "triggered"], phase);

    /// <exception cref="SreException">Invalid: the source does not record what the rule watches.</exception>
    public void RequireRecorded(AccessScope scope, AlertRule rule) => telemetry?.Require(scope.TelemetryDatabase,
        [.. rule.Measure.Aggregate.Columns, .. rule.GroupBy, .. rule.Filter.Select(condition => condition.Dimension)]);

    /// <exception cref="SreException">Forbidden: the role or a project is out of the scope; Invalid: a target must not be told; Conflict: the name is taken.</exception>
    public async Task<AlertRule> CreateAsync(AccessScope scope, AlertRule draft, string by, DateTimeOffset now, CancellationToken cancel) => (await CreateAsync(scope, [draft], by, now, cancel))[0];

    /// <summary>All of them, or none.</summary>
    public async Task<IReadOnlyList<AlertRule>> CreateAsync(AccessScope scope, IReadOnlyList<AlertRule> drafts, string by, DateTimeOffset now, CancellationToken cancel)
    {
        var rules = new List<AlertRule>();
        await using var session = await postgres.BeginAsync(scope, cancel);
        foreach (var draft in drafts)
        {
            RequireRecorded(scope, draft);
            rules.Add(await AlertWrites.CreateAsync(session, scope, draft, by, now, cancel));
        }

        await session.CommitAsync(cancel);
        return rules;
    }

    /// <summary>Keeps id and history; the states too, unless what is watched changed.</summary>
    /// <param name="before">As it was read.</param>
    /// <exception cref="SreException">As <see cref="CreateAsync(AccessScope, AlertRule, string, DateTimeOffset, CancellationToken)"/>; Conflict also when another changed it since.</exception>
    public async Task<AlertRule> EditAsync(AccessScope scope, AlertRule before, AlertRule after, string by, DateTimeOffset now, CancellationToken cancel)
    {
        RequireRecorded(scope, after);
        await using var session = await postgres.BeginAsync(scope, cancel);
        var rule = await AlertWrites.EditAsync(session, scope, before, after, by, now, cancel);
        await session.CommitAsync(cancel);
        return rule;
    }

    /// <summary>Holds back what the rule would say until then.</summary>
    /// <exception cref="SreException">Forbidden, or NotFound.</exception>
    public async Task MuteAsync(AccessScope scope, Guid id, DateTimeOffset until, string by, DateTimeOffset now, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(scope, cancel);
        await AlertWrites.MuteAsync(session, scope, id, until, "", by, now, cancel);
        await session.CommitAsync(cancel);
    }

    public static DynamicParameters Visible(AccessScope scope, Guid? id)
    {
        var parameters = new DynamicParameters();
        parameters.Add("projects", scope.Projects.ToArray());
        parameters.Add("conditions", JsonSerializer.Serialize(scope.Conditions, SreJson.Options));
        parameters.Add("id", id);
        return parameters;
    }

    private sealed record StateRow
    {
        public Guid AlertId { get; init; }
        public string Phase { get; init; } = "";
        public DateTime Since { get; init; }
        public double? Value { get; init; }
        public bool IsOpen { get; init; }
    }
}
