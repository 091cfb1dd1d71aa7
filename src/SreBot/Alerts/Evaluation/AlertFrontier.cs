namespace SreBot.Alerts.Evaluation;

/// <summary>How far time has come in one telemetry database: nothing is concluded from minutes past <see cref="At"/>.</summary>
/// <param name="At">The end of the last minute that counts as complete.</param>
/// <param name="Complete">The end of the last minute that telemetry itself has passed; later ones up to <paramref name="At"/> are passed by time-out, without data.</param>
internal sealed record AlertFrontier(DateTimeOffset At, DateTimeOffset Complete)
{
    /// <param name="newest">The newest request that does not lie in the future; null: none lately.</param>
    public static AlertFrontier Of(DateTimeOffset? newest, DateTimeOffset now, AlertOptions options)
    {
        var complete = newest is { } last ? Minute(last - options.Lag) : DateTimeOffset.MinValue;
        var timeout = Minute(now - options.Timeout);
        var at = complete > timeout ? complete : timeout;
        return new(at < Minute(now) ? at : Minute(now), complete);
    }

    /// <summary>The ticks that are due, oldest first: at most that many, the newest of them.</summary>
    /// <param name="lastTick">Null: only the frontier itself.</param>
    /// <param name="skipped">How many older ones are left out.</param>
    public static IReadOnlyList<DateTimeOffset> Due(DateTimeOffset? lastTick, DateTimeOffset frontier, int most, out int skipped)
    {
        var count = lastTick is { } last ? (int)Math.Clamp((frontier - last).Ticks / TimeSpan.TicksPerMinute, 0, int.MaxValue) : 1;
        skipped = Math.Max(0, count - most);
        var kept = count - skipped;
        return [.. Enumerable.Range(1, kept).Select(i => frontier.AddMinutes(i - kept))];
    }

    private static DateTimeOffset Minute(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}
