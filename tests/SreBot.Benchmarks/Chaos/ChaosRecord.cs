namespace SreBot.Benchmarks.Chaos;

/// <summary>What SreBot wrote, in the words of <see cref="ChaosTruth"/>; rules by name, since their ids are drawn.</summary>
internal static class ChaosRecord
{
    private const string TransitionsSql = """
        SELECT a.name, t.group_key AS groupkey, t.tick, t.from_phase AS fromphase, t.to_phase AS tophase, t.verdict, t.value, t.request_count AS count, t.threshold,
            t.time_window / 60000 AS minutes, t.notified
        FROM alert_transition t
        JOIN alert a ON a.organization_id = t.organization_id AND a.id = t.alert_id
        """;

    public static async Task<IReadOnlyList<string>> TransitionsAsync(ChaosStore store) => [.. (await store.QueryAsync<TransitionRow>(TransitionsSql)).Select(row =>
        $"{ChaosText.Time(row.Tick)} {row.Name} [{row.GroupKey}] {row.FromPhase} > {row.ToPhase}: {row.Verdict} {ChaosText.Number(row.Value)} of {row.Count}, " +
        $"limit {ChaosText.Number(row.Threshold)} over {row.Minutes} min{(row.Notified ? ", notified" : "")}")];

    private const string StatesSql = """
        SELECT a.name, s.group_key AS groupkey, s.phase, s.since, s.held, s.episode_since AS episodesince, s.announced
        FROM alert_state s
        JOIN alert a ON a.organization_id = s.organization_id AND a.id = s.alert_id
        WHERE s.phase <> 'resolved'
        """;

    public static async Task<IReadOnlyList<string>> StatesAsync(ChaosStore store) => [.. (await store.QueryAsync<StateRow>(StatesSql)).Select(row =>
        $"{row.Name} [{row.GroupKey}] {row.Phase} since {ChaosText.Time(row.Since)}{(row.Held ? " held" : "")} episode {ChaosText.Time(row.EpisodeSince)}{(row.Announced ? " announced" : "")}")];

    private const string EpisodesSql = """
        SELECT h.id, h.alert_name AS name, h.group_key AS groupkey, h.alert_start_time AS startedat, h.triggered_at AS triggeredat, h.alert_end_time AS endedat, h.worst_value AS worst,
            h.status, h.announced_at AS announcedat
        FROM alert_history h
        """;

    public static Task<IReadOnlyList<EpisodeRow>> EpisodesAsync(ChaosStore store) => store.QueryAsync<EpisodeRow>(EpisodesSql);

    private const string IncidentsSql = """
        SELECT id, episode_id AS episodeid, status, targets, started_at AS startedat, opened_at AS openedat, resolved_at AS resolvedat
        FROM incident
        """;

    public static Task<IReadOnlyList<IncidentRow>> IncidentsAsync(ChaosStore store) => store.QueryAsync<IncidentRow>(IncidentsSql);

    private const string OutboxSql = """
        SELECT id, subject, sequence, handler, target, status, last_error AS error, done_at AS doneat
        FROM outbox
        """;

    public static Task<IReadOnlyList<OutboxRow>> OutboxAsync(ChaosStore store) => store.QueryAsync<OutboxRow>(OutboxSql);

    internal sealed record EpisodeRow
    {
        public Guid Id { get; init; }
        public string Name { get; init; } = "";
        public string GroupKey { get; init; } = "";
        public DateTime StartedAt { get; init; }
        public DateTime TriggeredAt { get; init; }
        public DateTime? EndedAt { get; init; }
        public double? Worst { get; init; }
        public string Status { get; init; } = "";
        public DateTime? AnnouncedAt { get; init; }

        public string Line => $"{Name} [{GroupKey}] from {ChaosText.Time(StartedAt)} triggered {ChaosText.Time(TriggeredAt)} ended {ChaosText.Time(EndedAt)} worst {ChaosText.Number(Worst)}";
    }

    internal sealed record IncidentRow
    {
        public long Id { get; init; }
        public Guid? EpisodeId { get; init; }
        public string Status { get; init; } = "";
        public string[] Targets { get; init; } = [];
        public DateTime StartedAt { get; init; }
        public DateTime OpenedAt { get; init; }
        public DateTime? ResolvedAt { get; init; }
    }

    internal sealed record OutboxRow
    {
        public long Id { get; init; }
        public string Subject { get; init; } = "";
        public long Sequence { get; init; }
        public string Handler { get; init; } = "";
        public string Target { get; init; } = "";
        public string Status { get; init; } = "";
        public string? Error { get; init; }
        public DateTime? DoneAt { get; init; }
    }

    private sealed record TransitionRow
    {
        public string Name { get; init; } = "";
        public string GroupKey { get; init; } = "";
        public DateTime Tick { get; init; }
        public string FromPhase { get; init; } = "";
        public string ToPhase { get; init; } = "";
        public string Verdict { get; init; } = "";
        public double? Value { get; init; }
        public long Count { get; init; }
        public double Threshold { get; init; }
        public long Minutes { get; init; }
        public bool Notified { get; init; }
    }

    private sealed record StateRow
    {
        public string Name { get; init; } = "";
        public string GroupKey { get; init; } = "";
        public string Phase { get; init; } = "";
        public DateTime Since { get; init; }
        public bool Held { get; init; }
        public DateTime? EpisodeSince { get; init; }
        public bool Announced { get; init; }
    }
}
