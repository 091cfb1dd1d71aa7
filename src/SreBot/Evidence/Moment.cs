namespace SreBot.Evidence;

/// <summary>What a text names: a moment, whose two ends are one, or a day or another stretch.</summary>
/// <param name="Day">Null when no day was named.</param>
/// <param name="Zone">Null when no zone was named.</param>
internal sealed record Moment(DateTimeOffset From, DateTimeOffset To, DateOnly? Day, TimeZoneInfo? Zone)
{
    public bool IsMoment => From == To;
}
