namespace SreBot.Alerts.Evaluation;

/// <summary>How far time has come in one telemetry database: nothing is concluded from minutes past <see cref="At"/>.</summary>
/// <param name="At">The end of the last minute that counts as complete.</param>
/// <param name="Newest">The newest request that does not lie in the future; null: none lately.</param>
internal sealed record AlertFrontier(DateTimeOffset At, DateTimeOffset? Newest)
{
    public static AlertFrontier Of(DateTimeOffset? newest, DateTimeOffset now, AlertOptions options)
    {
        var complete = newest is { } last ? Minute(last - options.Lag) : DateTimeOffset.MinValue;
        var timeout = Minute(now - options.Timeout);
        var at = complete > timeout ? complete : timeout;
        return new(at < Minute(now) ? at : Minute(now), newest);
    }

    /// <summary>The minute that ended then was passed by time-out, without data: nobody knows what was in it.</summary>
    public bool IsEmpty(DateTimeOffset tick) => Newest is not { } newest || newest < tick.AddMinutes(-1);

    public static DateTimeOffset Minute(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}
