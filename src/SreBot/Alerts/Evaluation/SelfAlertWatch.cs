namespace SreBot.Alerts.Evaluation;

/// <summary>Watches over SreBot itself: whether requests come, and whether evaluation keeps up.</summary>
internal sealed class SelfAlertWatch(AlertIngest ingest)
{
    /// <summary>Of the databases where no request comes: the end of the last minute that had one.</summary>
    private readonly Dictionary<string, DateTimeOffset> stopped = [];

    /// <param name="isNew">The tick lies before evaluation first began here: that is no delay.</param>
    public async Task<IReadOnlyList<SelfAlertChange>> LookAsync(AlertHead head, AlertFrontiers frontiers, bool isNew, DateTimeOffset tick, DateTimeOffset now, CancellationToken cancel)
    {
        var silent = new Dictionary<string, DateTimeOffset?>();
        foreach (var (database, frontier) in frontiers.ByDatabase)
        {
            silent[database] = await SinceAsync(database, frontier, tick, now, cancel);
        }

        return SelfAlertRules.Decide(head.Organizations, head.SelfAlerts, silent, isNew || head.Oldest is null ? TimeSpan.Zero : frontiers.At - head.Oldest.Value, tick);
    }

    private async Task<DateTimeOffset?> SinceAsync(string database, AlertFrontier frontier, DateTimeOffset tick, DateTimeOffset now, CancellationToken cancel)
    {
        if (!frontier.IsEmpty(tick))
        {
            stopped.Remove(database);
            return null;
        }

        if (frontier.Newest is { } newest)
        {
            stopped[database] = AlertFrontier.Minute(newest).AddMinutes(1);
        }
        else if (!stopped.ContainsKey(database))
        {
            var last = await ingest.LastMinuteAsync(database, now, cancel);
            stopped[database] = last is { } minute && minute < tick ? minute.AddMinutes(1) : tick.AddMinutes(-1);
        }

        return stopped[database];
    }
}
