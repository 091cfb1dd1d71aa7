namespace SreBot.Alerts.Silences;

/// <summary>Local times as moments, on the days too when the clocks change. Pure.</summary>
internal static class SilenceTimes
{
    /// <summary>A local time that the clocks leave out begins when they go on; one that comes twice, the first time.</summary>
    public static DateTimeOffset Start(DateTime local, TimeZoneInfo zone) => At(local, zone, offsets => offsets.Max());

    /// <summary>One that comes twice ends the second time.</summary>
    public static DateTimeOffset End(DateTime local, TimeZoneInfo zone) => At(local, zone, offsets => offsets.Min());

    /// <summary>The stretch from one local time to another that is not over yet; the first of them when it comes again.</summary>
    /// <param name="day">Of the start; null: the first day on which it is not over.</param>
    /// <param name="weekday">The start's; null: any.</param>
    public static (DateTimeOffset From, DateTimeOffset To) Next(DateTimeOffset now, DateOnly? day, DayOfWeek? weekday, TimeOnly from, TimeOnly to, TimeZoneInfo zone)
    {
        var date = day ?? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime).AddDays(-1);
        while (true)
        {
            var found = (From: Start(date.ToDateTime(from), zone), To: End((to > from ? date : date.AddDays(1)).ToDateTime(to), zone));
            if (day is not null || (found.To > now && (weekday is null || date.DayOfWeek == weekday) && !zone.IsInvalidTime(date.ToDateTime(from))))
                return found;

            date = date.AddDays(1);
        }
    }

    /// <summary>The next time that it is so late there.</summary>
    /// <param name="day">Null: today, or tomorrow when it is past.</param>
    public static DateTimeOffset Until(DateTimeOffset now, DateOnly? day, TimeOnly time, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var at = End((day ?? today).ToDateTime(time), zone);
        return day is null && at <= now ? End(today.AddDays(1).ToDateTime(time), zone) : at;
    }

    private static DateTimeOffset At(DateTime local, TimeZoneInfo zone, Func<TimeSpan[], TimeSpan> choose)
    {
        var valid = zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(valid, zone.IsAmbiguousTime(valid) ? choose(zone.GetAmbiguousTimeOffsets(valid)) : zone.GetUtcOffset(valid)).ToUniversalTime();
    }
}
