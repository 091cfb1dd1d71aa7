using System.Text.Json;
using Dapper;
using Npgsql;
using SreBot.Adapters.Chat;
using SreBot.Alerts.Rules;
using SreBot.Alerts.Silences;
using SreBot.Alerts.States;
using SreBot.Delivery;
using SreBot.Model;
using SreBot.Postgres;
using SreBot.Telemetry;

namespace SreBot.Alerts;

/// <summary>The rules of an organization, as far as a scope sees them: all of a rule's projects, and no less than the scope's conditions.</summary>
/// <param name="telemetry">Says what is recorded; null: all of it.</param>
internal sealed class AlertStore(PostgresDatabase postgres, ITelemetryStore? telemetry = null, TimeProvider? time = null)
{
    private const string VisibleSql = "NOT a.soft_delete AND a.projects <@ @projects AND a.filter @> @conditions::jsonb";

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

    private const string SilencesSql = $"SELECT {SilenceRow.Columns} FROM silence WHERE ends_at > @now OR repeats IS NOT NULL";

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<AlertStanding>> ListAsync(AccessScope scope, CancellationToken cancel)
    {
        var now = (time ?? TimeProvider.System).GetUtcNow();
        await using var session = await postgres.BeginAsync(scope, cancel);
        var rules = await session.Connection.QueryAsync<AlertRow>(session.Command(ListSql, Visible(scope, null), cancel));
        var states = (await session.Connection.QueryAsync<StateRow>(session.Command(StatesSql, null, cancel))).ToLookup(row => row.AlertId);
        var silences = (await session.Connection.QueryAsync<SilenceRow>(session.Command(SilencesSql, new { now = now.UtcDateTime }, cancel))).Select(row => row.ToSilence()).ToList();
        return [.. rules.Select(row => Standing(row.ToRule(), states[row.Id].ToList())).Select(standing => standing with
        {
            SilencedUntil = silences.Where(silence => silence.Covers(standing.Rule, "", now)).Max(silence => silence.EndOf(now)),
        })];
    }

    /// <summary>By name, without regard to case.</summary>
    /// <exception cref="SreException">NotFound, naming those that are there.</exception>
    public async Task<AlertStanding> FindAsync(AccessScope scope, string name, CancellationToken cancel)
    {
        var all = await ListAsync(scope, cancel);
        return all.FirstOrDefault(standing => string.Equals(standing.Rule.Name, name.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw new SreException(SreErrorKind.NotFound, all.Count == 0
                ? $"There is no alert \"{name}\" that you can see; there are none yet. For example: {AlertGrammar.Example}"
                : $"There is no alert \"{name}\" that you can see; there are {string.Join(", ", all.Take(10).Select(standing => $"\"{standing.Rule.Name}\""))}.");
    }

    private static AlertStanding Standing(AlertRule rule, List<StateRow> states)
    {
        var gravest = states.OrderByDescending(row => Gravity(row.Phase)).ThenBy(row => row.Since).FirstOrDefault();
        return gravest is null
            ? new AlertStanding(rule, AlertPhase.Resolved, null, null, 0)
            : new AlertStanding(rule, AlertNames.Parse<AlertPhase>(gravest.Phase), gravest.Since, gravest.Value, states.Count(row => row.IsOpen));
    }

    private static int Gravity(string phase) => Array.IndexOf(["resolved", "pending", "no_data", "error", "cooldown", "triggered"], phase);

    private const string CreateSql = """
        INSERT INTO alert (organization_id, name, projects, metric, aggregate, filter, group_by, comparator, threshold, threshold_max, recovery_threshold, time_window,
            min_requests, for_duration, cooldown, no_data_policy, error_policy, insufficient_policy, repeat_interval, severity, targets, created_by, created_at, updated_at,
            objective, short_window, max_hold, vanish_after, vanish_resolves, escalations, runbook_url, enabled)
        VALUES (@organizationId, @name, @projects, @metric, @aggregate, @filter::jsonb, @groupBy, @comparator, @threshold, @thresholdMax, @recoveryThreshold, @window,
            @minRequests, @forDuration, @cooldown, @noData, @error, @insufficient, @repeat, @severity, @targets, @by, @now, @now,
            @objective, @shortWindow, @maxHold, @vanishAfter, @vanishResolves, @escalations::jsonb, @runbookUrl, @isEnabled)
        RETURNING id
        """;

    /// <summary>Saves a new rule in the caller's transaction.</summary>
    /// <exception cref="SreException">Forbidden: the role or a project is out of the scope; Invalid: a channel is not linked; Conflict: the name is taken.</exception>
    public static async Task<AlertRule> CreateAsync(PostgresSession session, AccessScope scope, AlertRule draft, string by, DateTimeOffset now, CancellationToken cancel)
    {
        var rule = AlertLimits.Check(draft);
        RequireInside(scope, rule);
        foreach (var target in rule.Targets)
        {
            if (await ChannelGuard.RefusalAsync(session, scope.OrganizationId, ChatAddress.Parse(target), rule.Projects, cancel) is { } refusal)
            {
                throw new SreException(SreErrorKind.Invalid, refusal);
            }
        }

        try
        {
            var id = await session.Connection.QuerySingleAsync<Guid>(session.Command(CreateSql, Parameters(scope, rule, by, now), cancel));
            return rule with { Id = id, OrganizationId = scope.OrganizationId, CreatedBy = by };
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new SreException(SreErrorKind.Conflict, $"There is an alert \"{rule.Name}\" already; add another name: as \"…\"", error);
        }
    }

    /// <exception cref="SreException">Invalid: the source does not record what the rule watches.</exception>
    public void RequireRecorded(AccessScope scope, AlertRule rule) => telemetry?.Require(scope.TelemetryDatabase,
        [.. MetricCatalogue.Find(rule.Metric).Aggregate(rule.Aggregate).Columns, .. rule.GroupBy, .. rule.Filter.Select(condition => condition.Dimension)]);

    /// <summary>The same in a transaction of its own.</summary>
    public async Task<AlertRule> CreateAsync(AccessScope scope, AlertRule draft, string by, DateTimeOffset now, CancellationToken cancel)
    {
        RequireRecorded(scope, draft);
        await using var session = await postgres.BeginAsync(scope, cancel);
        var rule = await CreateAsync(session, scope, draft, by, now, cancel);
        await session.CommitAsync(cancel);
        return rule;
    }

    private static void RequireInside(AccessScope scope, AlertRule rule)
    {
        scope.Require(Role.Sre, "create alerts");
        if (rule.Projects.Except(scope.Projects).FirstOrDefault() is { } outside)
        {
            throw new SreException(SreErrorKind.Forbidden, $"You cannot see {outside} here, so no alert can watch it for you.");
        }

        if (scope.Conditions.Except(rule.Filter).FirstOrDefault() is { } missing)
        {
            throw new SreException(SreErrorKind.Forbidden, $"You see {missing.Dimension} {missing.Value} only; add: where {missing.Dimension} = {missing.Value}");
        }
    }

    private static object Parameters(AccessScope scope, AlertRule rule, string by, DateTimeOffset now) => new
    {
        scope.OrganizationId,
        rule.Name,
        projects = rule.Projects.ToArray(),
        rule.Metric,
        rule.Aggregate,
        filter = JsonSerializer.Serialize(rule.Filter, SreJson.Options),
        groupBy = rule.GroupBy.ToArray(),
        comparator = rule.Comparator.Symbol(),
        rule.Threshold,
        rule.ThresholdMax,
        rule.RecoveryThreshold,
        window = (long)rule.Window.TotalMilliseconds,
        rule.MinRequests,
        forDuration = (long)rule.For.TotalMilliseconds,
        cooldown = (long)rule.Cooldown.TotalMilliseconds,
        noData = AlertNames.Of(rule.NoDataPolicy),
        error = AlertNames.Of(rule.ErrorPolicy),
        insufficient = AlertNames.Of(rule.InsufficientPolicy),
        repeat = (long?)rule.RepeatInterval?.TotalMilliseconds,
        rule.Severity,
        targets = rule.Targets.ToArray(),
        rule.Objective,
        shortWindow = (long?)rule.ShortWindow?.TotalMilliseconds,
        maxHold = (long?)rule.MaxHold?.TotalMilliseconds,
        rule.VanishAfter,
        rule.VanishResolves,
        escalations = JsonSerializer.Serialize(rule.Escalations, SreJson.Options),
        rule.RunbookUrl,
        rule.IsEnabled,
        by,
        now = now.UtcDateTime,
    };

    private const string MuteSql = $"""
        INSERT INTO silence (organization_id, alert_id, starts_at, ends_at, created_by, created_at)
        SELECT a.organization_id, a.id, @now, @until, @by, @now
        FROM alert a
        WHERE a.id = @id AND {VisibleSql}
        """;

    /// <summary>Holds back what the rule would say until then, in the caller's transaction.</summary>
    /// <exception cref="SreException">Forbidden, or NotFound.</exception>
    public static async Task MuteAsync(PostgresSession session, AccessScope scope, Guid id, DateTimeOffset until, string by, DateTimeOffset now, CancellationToken cancel)
    {
        scope.Require(Role.Sre, "mute alerts");
        var parameters = Visible(scope, id);
        parameters.Add("until", until.UtcDateTime);
        parameters.Add("now", now.UtcDateTime);
        parameters.Add("by", by);
        if (await session.Connection.ExecuteAsync(session.Command(MuteSql, parameters, cancel)) == 0)
        {
            throw new SreException(SreErrorKind.NotFound, "That alert is gone.");
        }
    }

    public async Task MuteAsync(AccessScope scope, Guid id, DateTimeOffset until, string by, DateTimeOffset now, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(scope, cancel);
        await MuteAsync(session, scope, id, until, by, now, cancel);
        await session.CommitAsync(cancel);
    }

    private const string TransitionsSql = """
        SELECT tick, group_key AS groupkey, from_phase AS fromphase, to_phase AS tophase, verdict, value, request_count AS requestcount, threshold,
            time_window AS timewindow, rule_version AS ruleversion, notified
        FROM alert_transition
        WHERE alert_id = @id
        ORDER BY tick DESC, id DESC
        LIMIT @count
        """;

    /// <summary>Newest first, of a rule that the scope sees.</summary>
    public async Task<IReadOnlyList<AlertHistoryRow>> TransitionsAsync(AccessScope scope, AlertRule rule, int count, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(scope, cancel);
        return [.. await session.Connection.QueryAsync<AlertHistoryRow>(session.Command(TransitionsSql, new { rule.Id, count }, cancel))];
    }

    private static DynamicParameters Visible(AccessScope scope, Guid? id)
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
