using SreBot.Adapters.Chat;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Investigations;

/// <summary>Lays what people changed beside the minute in which the figures began to change. It says when, and never why. Pure.</summary>
internal static class ChangesBeside
{
    private const int Most = 4;
    private static readonly TimeSpan Near = TimeSpan.FromMinutes(15);

    /// <summary>A change point is a minute, found to within about two.</summary>
    private static readonly TimeSpan Exact = TimeSpan.FromMinutes(2);

    /// <param name="onset">The first minute of the change; null: none was found.</param>
    /// <param name="ending">Such as <c>has not ended</c>.</param>
    /// <param name="changes">In any order; the nearest come first, or the newest where there is no onset.</param>
    public static IEnumerable<ReplyText> Sentences(DateTimeOffset? onset, string ending, IReadOnlyList<ChangeFacts> changes)
    {
        if (onset is not { } began)
            return changes.OrderByDescending(change => change.At).Take(Most).Select(change => ReplyText.Of("Recorded in that time: the ", Named(change), $" ({When(change, null)})."));

        var nearest = changes.OrderBy(change => (began - Minute(change.At)).Duration()).ThenBy(change => change.At).Take(Most).ToList();
        var first = nearest.Find(change => Minute(change.At) <= began && began - Minute(change.At) <= Near);
        ReplyText beginning = first is null ? $"The change began at {Figures.Time(began)} and {ending}."
            : ReplyText.Of($"The change began at {Figures.Time(began)}, {After(began - Minute(first.At))} the ", Named(first), $" ({When(first, began)}), and {ending}.");
        return nearest.Where(change => change != first).Select(change => ReplyText.Of("The ", Named(change), $" ({When(change, began)}) was {Distance(Minute(change.At) - began)}.")).Prepend(beginning);
    }

    private static string After(TimeSpan distance) => distance == TimeSpan.Zero ? "in the minute of" : $"{Figures.Length(distance)} after";

    private static string Distance(TimeSpan after) => after switch
    {
        _ when after < TimeSpan.Zero => $"{Figures.Length(-after)} before it began",
        _ when after == TimeSpan.Zero => "in the minute in which it began",
        _ when after <= Exact => $"{Figures.Length(after)} after its first minute, which is as near as minutes tell",
        _ => $"{Figures.Length(after)} after it began, so it cannot be its cause",
    };

    private static ReplyRun Named(ChangeFacts change) =>
        change.Link.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || change.Link.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? ReplyRun.Link(change.Name, change.Link) : change.Name;

    /// <summary>The day is said where it is another than the onset's.</summary>
    private static string When(ChangeFacts change, DateTimeOffset? onset)
    {
        var time = onset?.UtcDateTime.Date == change.At.UtcDateTime.Date ? $"{change.At.UtcDateTime:HH:mm} UTC" : Figures.Time(change.At);
        return string.Join(", ", new[] { change.Note, time, change.Who.Length > 0 ? $"by {change.Who}" : "" }.Where(part => part.Length > 0));
    }

    private static DateTimeOffset Minute(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}
