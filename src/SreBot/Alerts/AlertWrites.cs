using System.Text.Json;
using Dapper;
using Npgsql;
using SreBot.Alerts.Rules;
using SreBot.Alerts.Silences;
using SreBot.Delivery;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Alerts;

/// <summary>Writes rules in the caller's transaction.</summary>
internal static class AlertWrites
{
    private const string CreateSql = """
        INSERT INTO alert (organization_id, name, projects, metric, aggregate, filter, group_by, comparator, threshold, threshold_max, recovery_threshold, time_window,
            min_requests, for_duration, cooldown, no_data_policy, error_policy, insufficient_policy, repeat_interval, severity, targets, created_by, created_at, updated_at,
            objective, short_window, max_hold, vanish_after, vanish_resolves, escalations, runbook_url, enabled)
        VALUES (@organizationId, @name, @projects, @metric, @aggregate, @filter::jsonb, @groupBy, @comparator, @threshold, @thresholdMax, @recoveryThreshold, @window,
            @minRequests, @forDuration, @cooldown, @noData, @error, @insufficient, @repeat, @severity, @targets, @by, @now, @now,
            @objective, @shortWindow, @maxHold, @vanishAfter, @vanishResolves, @escalations::jsonb, @runbookUrl, @isEnabled)
        RETURNING id
        """;

    /// <exception cref="SreException">Forbidden: the role or a project is out of the scope; Invalid: a target must not be told; Conflict: the name is taken.</exception>
    public static async Task<AlertRule> CreateAsync(PostgresSession session, AccessScope scope, AlertRule draft, string by, DateTimeOffset now, CancellationToken cancel)
    {
        var rule = await CheckedAsync(session, scope, draft, "create alerts", cancel);
        var id = await NamedOnceAsync(rule, () => session.Connection.QuerySingleAsync<Guid>(session.Command(CreateSql, Parameters(scope, rule, by, now), cancel)));
        await AlertAudit.AddAsync(session, scope, by, $"alert {AlertText.Command(rule)}", now, cancel);
        return rule with { Id = id, OrganizationId = scope.OrganizationId, CreatedBy = by };
    }

    private const string EditSql = $"""
        UPDATE alert a SET
            name = @name, projects = @ruleProjects, metric = @metric, aggregate = @aggregate, filter = @filter::jsonb, group_by = @groupBy, comparator = @comparator, threshold = @threshold,
            threshold_max = @thresholdMax, recovery_threshold = @recoveryThreshold, time_window = @window, min_requests = @minRequests, for_duration = @forDuration, cooldown = @cooldown,
            no_data_policy = @noData, error_policy = @error, insufficient_policy = @insufficient, repeat_interval = @repeat, severity = @severity, targets = @targets, updated_at = @now,
            objective = @objective, short_window = @shortWindow, max_hold = @maxHold, vanish_after = @vanishAfter, vanish_resolves = @vanishResolves, escalations = @escalations::jsonb,
            runbook_url = @runbookUrl, enabled = @isEnabled, version = a.version + 1, condition_version = a.condition_version + @differs
        WHERE a.id = @id AND a.version = @version AND {AlertStore.VisibleSql}
        RETURNING a.version, a.condition_version AS condition
        """;

    /// <exception cref="SreException">As <see cref="CreateAsync"/>; Conflict also when another changed it since it was read.</exception>
    public static async Task<AlertRule> EditAsync(PostgresSession session, AccessScope scope, AlertRule before, AlertRule after, string by, DateTimeOffset now, CancellationToken cancel)
    {
        var rule = await CheckedAsync(session, scope, after, "edit alerts", cancel);
        var parameters = AlertStore.Visible(scope, before.Id);
        parameters.AddDynamicParams(Parameters(scope, rule, by, now));
        parameters.Add("projects", scope.Projects.ToArray());
        parameters.Add("ruleProjects", rule.Projects.ToArray());
        parameters.Add("version", before.Version);
        parameters.Add("differs", AlertCondition.Differs(before, rule) ? 1 : 0);
        var versions = await NamedOnceAsync(rule, () => session.Connection.QuerySingleOrDefaultAsync<Versions>(session.Command(EditSql, parameters, cancel)))
            ?? throw new SreException(SreErrorKind.Conflict, $"The alert \"{before.Name}\" was changed by another meanwhile; look at it and edit it again.");
        await AlertAudit.AddAsync(session, scope, by, $"edited the alert \"{before.Name}\": {AlertText.Command(rule)}", now, cancel);
        if (before.IsEnabled && !rule.IsEnabled)
            await AlertRemoval.EndAsync(session, scope.OrganizationId, rule.Id, now, cancel);

        return rule with { Version = versions.Version, ConditionVersion = versions.Condition };
    }

    private const string SeenSql = $"SELECT a.name FROM alert a WHERE a.id = @id AND {AlertStore.VisibleSql}";

    /// <summary>Holds back what the rule would say until then.</summary>
    /// <exception cref="SreException">Forbidden, or NotFound.</exception>
    public static async Task MuteAsync(PostgresSession session, AccessScope scope, Guid id, DateTimeOffset until, string reason, string by, DateTimeOffset now, CancellationToken cancel)
    {
        scope.Require(Role.Sre, "mute alerts");
        _ = await session.Connection.QuerySingleOrDefaultAsync<string>(session.Command(SeenSql, AlertStore.Visible(scope, id), cancel)) ?? throw new SreException(SreErrorKind.NotFound, "That alert is gone.");
        await SilenceStore.AddAsync(session, scope, new Silence { AlertId = id, StartsAt = now, EndsAt = until, Reason = reason }, by, now, cancel);
    }

    private static async Task<AlertRule> CheckedAsync(PostgresSession session, AccessScope scope, AlertRule draft, string what, CancellationToken cancel)
    {
        var rule = AlertLimits.Check(draft);
        scope.Require(Role.Sre, what);
        if (rule.Projects.Except(scope.Projects).FirstOrDefault() is { } outside)
            throw new SreException(SreErrorKind.Forbidden, $"You cannot see {outside} here, so no alert can watch it for you.");
        if (scope.Conditions.Except(rule.Filter).FirstOrDefault() is { } missing)
            throw new SreException(SreErrorKind.Forbidden, $"You see {missing.Dimension} {missing.Value} only; add: where {missing.Dimension} = {missing.Value}");

        foreach (var target in rule.Targets.Concat(rule.Escalations.Select(step => step.Target)).Distinct())
        {
            if (await TargetGuard.RefusalAsync(session, scope.OrganizationId, target, rule.Projects, rule.Filter, cancel) is { } refusal)
                throw new SreException(SreErrorKind.Invalid, refusal);
        }

        return rule;
    }

    private static async Task<T> NamedOnceAsync<T>(AlertRule rule, Func<Task<T>> write)
    {
        try
        {
            return await write();
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new SreException(SreErrorKind.Conflict, $"There is an alert \"{rule.Name}\" already; give another name: as \"…\"", error);
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

    private sealed record Versions
    {
        public int Version { get; init; }
        public int Condition { get; init; }
    }
}
