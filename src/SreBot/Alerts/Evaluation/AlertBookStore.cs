using Dapper;
using SreBot.Alerts.Rules;
using SreBot.Alerts.Silences;
using SreBot.Alerts.States;
using SreBot.Postgres;

namespace SreBot.Alerts.Evaluation;

/// <summary>Reads the rules of all organizations and their states.</summary>
internal sealed class AlertBookStore(PostgresDatabase postgres)
{
    private const string DatabasesSql = "SELECT id, telemetry_database AS name FROM organization";

    private const string RulesSql = $"""
        SELECT {AlertRow.Columns}
        FROM alert a
        WHERE a.enabled AND NOT a.soft_delete
        ORDER BY a.organization_id, a.id
        """;

    private const string StatesSql = """
        SELECT s.alert_id AS alertid, s.group_key AS groupkey, s.phase, s.since, s.held, s.value, s.episode_since AS episodesince, s.announced,
            s.notified_at AS notifiedat, s.held_since AS heldsince, s.missing_ticks AS missingticks
        FROM alert_state s
        JOIN alert a ON a.organization_id = s.organization_id AND a.id = s.alert_id
        WHERE a.enabled AND NOT a.soft_delete AND s.condition_version = a.condition_version
        """;

    private const string SilencesSql = $"SELECT {SilenceRow.Columns} FROM silence WHERE ends_at > now() - interval '2 days' OR repeats IS NOT NULL";

    /// <param name="lastTick">The tick that all states are of; null before the first.</param>
    public async Task<AlertBook> LoadAsync(DateTimeOffset? lastTick, CancellationToken cancel)
    {
        await using var session = await postgres.BeginEvaluatorAsync(cancel);
        var databases = (await session.Connection.QueryAsync<DatabaseRow>(session.Command(DatabasesSql, null, cancel))).ToDictionary(row => row.Id, row => row.Name);
        var rules = await session.Connection.QueryAsync<AlertRow>(session.Command(RulesSql, null, cancel));
        var states = await session.Connection.QueryAsync<StateRow>(session.Command(StatesSql, null, cancel));
        var silences = await session.Connection.QueryAsync<SilenceRow>(session.Command(SilencesSql, null, cancel));
        return new AlertBook(
            rules.Select(row => row.ToRule()).GroupBy(rule => databases[rule.OrganizationId]).ToDictionary(group => group.Key, group => (IReadOnlyList<AlertRule>)[.. group]),
            states.ToDictionary(row => (row.AlertId, row.GroupKey), row => row.ToState(lastTick)))
        {
            Silences = silences.Select(row => row.ToSilence()).ToLookup(silence => silence.OrganizationId),
        };
    }

    private sealed record DatabaseRow
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
    }

    private sealed record StateRow
    {
        public Guid AlertId { get; init; }
        public string GroupKey { get; init; } = "";
        public string Phase { get; init; } = "";
        public DateTime Since { get; init; }
        public bool Held { get; init; }
        public double? Value { get; init; }
        public DateTime? EpisodeSince { get; init; }
        public bool Announced { get; init; }
        public DateTime? NotifiedAt { get; init; }
        public DateTime? HeldSince { get; init; }
        public int MissingTicks { get; init; }

        public AlertState ToState(DateTimeOffset? lastTick) => new()
        {
            Phase = AlertNames.Parse<AlertPhase>(Phase),
            Since = Since,
            IsHeld = Held,
            Value = Value,
            EpisodeSince = Utc(EpisodeSince),
            IsAnnounced = Announced,
            NotifiedAt = Utc(NotifiedAt),
            HeldSince = Utc(HeldSince),
            MissingTicks = MissingTicks,
            Tick = lastTick ?? Since,
        };

        private static DateTimeOffset? Utc(DateTime? time) => time is { } utc ? new DateTimeOffset(utc) : null;
    }
}
