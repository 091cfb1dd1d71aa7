using SreBot.Model;

namespace SreBot.Tests.Incidents;

/// <summary>Episodes as a test says them.</summary>
internal sealed class KnownEpisodes : IEpisodeLookup
{
    public List<EpisodeFacts> All { get; } = [];

    /// <summary>False: a shard has not passed the tick yet.</summary>
    public bool AllPassed { get; set; } = true;

    public Task<EpisodeFacts?> FindAsync(long organizationId, Guid episodeId, CancellationToken cancel) => Task.FromResult(All.Find(episode => episode.EpisodeId == episodeId));

    public Task<IReadOnlyList<EpisodeFacts>?> AnnouncedAsync(long organizationId, DateTimeOffset tick, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<EpisodeFacts>?>(AllPassed ? [.. All.Where(episode => episode.TriggeredAt == tick)] : null);

    /// <summary>An episode of a rule of its own; it is one of <see cref="All"/>.</summary>
    public EpisodeFacts Add(DateTimeOffset tick, string[] targets, string server = "Server_9", string project = "Project_1", params EscalationStep[] escalations)
    {
        var number = All.Count + 1;
        var episode = new EpisodeFacts
        {
            EpisodeId = new Guid(number, 0, 0, new byte[8]),
            AlertId = new Guid(number, 1, 0, new byte[8]),
            AlertName = $"rule {number}",
            GroupKey = "",
            Title = $"latency max 84 ms > {number} ms in {project} on {server}",
            Severity = number == 1 ? "critical" : "warning",
            Projects = [project],
            Filter = [new DimensionCondition("server_id", server), new DimensionCondition("platform", "web")],
            Targets = targets,
            Metric = "latency",
            Aggregate = "max",
            Threshold = number,
            StartedAt = tick.AddMinutes(-1),
            TriggeredAt = tick,
            ServerId = server,
            Escalations = escalations,
        };
        All.Add(episode);
        return episode;
    }
}
