namespace SreBot.Adapters.Teams;

/// <summary>A chart's time axis in numbers since its first point: Teams spaces numbers and whole days truly, and any other time as mere words.</summary>
internal sealed record TeamsAxis(DateTimeOffset Start, DateTimeOffset End, TimeSpan Unit, string Name)
{
    public static TeamsAxis Over(DateTimeOffset start, DateTimeOffset end) => (end - start) switch
    {
        { TotalHours: <= 4 } => new(start, end, TimeSpan.FromMinutes(1), "minutes"),
        { TotalDays: <= 4 } => new(start, end, TimeSpan.FromHours(1), "hours"),
        _ => new(start, end, TimeSpan.FromDays(1), "days"),
    };

    public string Title => $"{Name} since {Start.UtcDateTime:yyyy-MM-dd HH:mm} UTC";

    public double Last => Place(End);

    public double Place(DateTimeOffset at) => Math.Round((at - Start) / Unit, 2);
}
