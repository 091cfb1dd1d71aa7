using Dapper;
using SreBot.Alerts.Rules;
using SreBot.Alerts.Silences;
using SreBot.Postgres;

namespace SreBot.Alerts.Evaluation;

/// <summary>Brings an <see cref="AlertBook"/> up to date: shards that are new to it as a whole, else only what changed.</summary>
internal sealed partial class AlertBookStore(PostgresDatabase postgres, ILogger<AlertBookStore> log)
{
    private const string HeadSql = $"""
        SELECT version, deleted_version AS deletedversion, (SELECT min(last_tick) FROM alert_shard) AS oldest FROM alert_book;
        SELECT o.id, o.telemetry_database AS database, EXISTS (SELECT FROM alert a WHERE a.organization_id = o.id AND a.enabled AND NOT a.soft_delete) AS hasrules
        FROM organization o;
        SELECT {SilenceRow.Columns} FROM silence WHERE ends_at > now() - interval '2 days' OR repeats IS NOT NULL;
        SELECT organization_id AS organizationid, id, kind, since FROM self_alert WHERE ended_at IS NULL;
        """;

    private const string RulesSql = $"""
        SELECT {AlertRow.Columns}
        FROM alert a
        WHERE {AlertShards.OfSql} = ANY(@shards) AND a.enabled AND NOT a.soft_delete
        """;

    private const string ChangedSql = $"SELECT {AlertRow.Columns} FROM alert a WHERE a.book_version > @version AND {AlertShards.OfSql} = ANY(@shards)";

    private const string StatesSql = $"""
        SELECT {AlertStateRow.Columns}
        FROM alert_state s
        JOIN alert a ON a.organization_id = s.organization_id AND a.id = s.alert_id
        LEFT JOIN alert_history h ON h.organization_id = s.organization_id AND h.id = s.episode_id
        WHERE {AlertShards.OfSql} = ANY(@shards) AND (s.phase <> 'resolved' OR s.episode_id IS NOT NULL OR s.group_key <> '' OR s.missing_ticks > 0)
        """;

    private const string FaultsSql = $"""
        SELECT f.alert_id AS alertid, f.why
        FROM alert_fault f
        JOIN alert a ON a.organization_id = f.organization_id AND a.id = f.alert_id
        WHERE {AlertShards.OfSql} = ANY(@shards)
        """;

    /// <param name="leases">What is held.</param>
    public async Task RefreshAsync(AlertBook book, IReadOnlyList<AlertLease> leases, CancellationToken cancel)
    {
        await using var session = await postgres.BeginEvaluatorAsync(cancel);
        var before = book.Head;
        var head = await HeadAsync(session, cancel); // before the rules: what changes after it is read again the next time
        if (head.DeletedVersion > before.DeletedVersion)
        {
            book.Keep([]);
        }

        var fresh = book.Keep(leases);
        var databases = head.Organizations.ToDictionary(organization => organization.Id, organization => organization.Database);
        if (head.Version != before.Version && book.Shards.Count > 0)
        {
            var changed = await session.Connection.QueryAsync<AlertRow>(session.Command(ChangedSql, new { before.Version, shards = book.Shards.Keys.ToArray() }, cancel));
            foreach (var row in changed)
            {
                Put(book.Shards[AlertShards.Of(row.Id)], row, databases);
            }
        }

        if (fresh.Count > 0)
        {
            await LoadAsync(session, book, fresh, databases, cancel);
        }

        book.Turn(head, head.Version != before.Version);
    }

    private async Task<AlertHead> HeadAsync(PostgresSession session, CancellationToken cancel)
    {
        await using var all = await session.Connection.QueryMultipleAsync(session.Command(HeadSql, null, cancel));
        var version = await all.ReadSingleAsync<VersionRow>();
        var organizations = (await all.ReadAsync<AlertOrganization>()).AsList();
        var silences = (await all.ReadAsync<SilenceRow>()).AsList();
        var open = await all.ReadAsync<SelfAlertRow>();
        return new AlertHead(version.Version, version.DeletedVersion, version.Oldest is { } oldest ? new DateTimeOffset(oldest) : null, organizations,
            [.. silences.Select(SilenceOf).OfType<Silence>()],
            [.. open.Select(row => new SelfAlert(row.OrganizationId, row.Id, AlertNames.Parse<SelfAlertKind>(row.Kind), row.Since))]);
    }

    /// <summary>Null: its row was spoiled by hand; the others hold all the same.</summary>
    private Silence? SilenceOf(SilenceRow row)
    {
        try
        {
            var silence = row.ToSilence();
            silence.EndOf(silence.EndsAt); // knows its zone
            return silence;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogSilence(error, row.Id);
            return null;
        }
    }

    private async Task LoadAsync(PostgresSession session, AlertBook book, IReadOnlyList<AlertLease> leases, Dictionary<long, string> databases, CancellationToken cancel)
    {
        var fresh = leases.ToDictionary(lease => lease.Shard, lease => new AlertShardBook(lease.Shard, lease.Fence));
        var parameters = new { shards = fresh.Keys.ToArray() };
        var command = session.Command(RulesSql, parameters, cancel);
        await foreach (var row in session.Connection.QueryUnbufferedAsync<AlertRow>(command.CommandText, parameters, (System.Data.Common.DbTransaction)command.Transaction!).WithCancellation(cancel))
        {
            Put(fresh[AlertShards.Of(row.Id)], row, databases);
        }

        foreach (var row in await session.Connection.QueryAsync<AlertStateRow>(session.Command(StatesSql, parameters, cancel)))
        {
            Restore(fresh[AlertShards.Of(row.AlertId)], row);
        }

        foreach (var (alert, why) in await session.Connection.QueryAsync<(Guid, string)>(session.Command(FaultsSql, parameters, cancel)))
        {
            fresh[AlertShards.Of(alert)].Faults[alert] = why;
        }

        foreach (var shard in fresh.Values)
        {
            book.Add(shard);
        }
    }

    private static void Put(AlertShardBook shard, AlertRow row, Dictionary<long, string> databases)
    {
        if (row.SoftDelete || !row.Enabled || !databases.TryGetValue(row.OrganizationId, out var database))
        {
            shard.Remove(row.Id, row.SoftDelete ? "deleted" : "disabled");
            return;
        }

        var (rule, broken) = RuleOf(row);
        shard.Put(rule, database, broken);
    }

    /// <summary>A row that was spoiled by hand stops no other.</summary>
    private static (AlertRule Rule, string? Broken) RuleOf(AlertRow row)
    {
        try
        {
            var rule = row.ToRule();
            return rule.Projects.Concat(rule.GroupBy).Concat(rule.Targets).Any(word => word is null) || rule.Filter.Any(condition => condition?.Dimension is null || condition.Value is null)
                ? (rule, "Its row has an empty word in a list.")
                : (rule, null);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            var stub = new AlertRule
            {
                OrganizationId = row.OrganizationId, Id = row.Id, Name = row.Name, Projects = [], Metric = row.Metric, Aggregate = row.Aggregate,
                Comparator = AlertComparator.GreaterOrEqual, Threshold = double.NaN, Version = row.Version, ConditionVersion = row.ConditionVersion,
            };
            return (stub, $"Its row cannot be read: {error.Message}");
        }
    }

    private void Restore(AlertShardBook shard, AlertStateRow row)
    {
        if (shard.Slots.TryGetValue(row.AlertId, out var slot) && slot.Rule.ConditionVersion == row.ConditionVersion)
        {
            try
            {
                shard.Restore(row.AlertId, row.GroupKey, row.ToEntry());
            }
            catch (ArgumentException error)
            {
                LogState(error, row.AlertId, row.GroupKey);
            }
        }
        else if (row.Phase != "resolved" || row.EpisodeId is not null)
        {
            shard.Endings.Add(new AlertEnding(row.OrganizationId, row.AlertId, row.GroupKey, row.EpisodeId, row.Phase, row.Why, row.RuleVersion));
        }
    }

    private sealed record VersionRow
    {
        public long Version { get; init; }
        public long DeletedVersion { get; init; }
        public DateTime? Oldest { get; init; }
    }

    private sealed record SelfAlertRow
    {
        public long OrganizationId { get; init; }
        public Guid Id { get; init; }
        public string Kind { get; init; } = "";
        public DateTime Since { get; init; }
    }

    [LoggerMessage(LogLevel.Warning, "The silence {Silence} cannot be read and holds back nothing")]
    private partial void LogSilence(Exception error, long silence);

    [LoggerMessage(LogLevel.Warning, "The state of the rule {Alert}, group '{Group}', cannot be read and starts anew")]
    private partial void LogState(Exception error, Guid alert, string group);
}
