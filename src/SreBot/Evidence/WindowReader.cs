using System.Text.RegularExpressions;
using SreBot.Model;

namespace SreBot.Evidence;

/// <summary>Reads every window that a tool takes: a time as <see cref="TimeText"/> reads it, and one that hangs on a deploy, another change or an incident.</summary>
/// <param name="changes">None: no change is recorded.</param>
internal sealed partial class WindowReader(IEnumerable<IChangeLookup> changes, IEnumerable<IIncidentLookup> incidents)
{
    private static readonly TimeSpan Back = TimeSpan.FromDays(7);
    private static readonly TimeSpan EitherSide = TimeSpan.FromMinutes(30);

    /// <param name="against">What "the same time yesterday" is a day before; null: the last hour.</param>
    /// <exception cref="SreException">Invalid for a time that cannot be read, NotFound for a change or an incident that is not recorded; both say what to do.</exception>
    public async Task<NamedWindow> ResolveAsync(ToolContext context, string? text, TimeWindow? against, CancellationToken cancel)
    {
        if (text is null || string.IsNullOrWhiteSpace(text))
            return new NamedWindow(TimeText.Parse(text, context.Now), null);

        if (SameTime().Match(text) is { Success: true } same)
        {
            var (held, back) = (against ?? TimeText.Parse(null, context.Now), same.Groups["week"].Success ? TimeSpan.FromDays(7) : TimeSpan.FromDays(1));
            return new NamedWindow(new TimeWindow(held.From - back, held.To - back), null);
        }

        if (EventTime.Read(text) is not { } happened)
            return new NamedWindow(TimeText.Parse(text, context.Now), ZoneText.Note(text));

        return happened.Incident is { } incident ? await IncidentAsync(context, happened.Relation, incident, cancel) : await ChangeAsync(context, happened, cancel);
    }

    private async Task<NamedWindow> IncidentAsync(ToolContext context, string relation, long id, CancellationToken cancel)
    {
        var lookup = incidents.FirstOrDefault() ?? throw new SreException(SreErrorKind.NotFound, $"I see no incident INC-{id}; name a time instead.");
        var incident = await KnownIncident.FindAsync(context, lookup, id, cancel);
        var window = relation == "during" ? new TimeWindow(incident.StartedAt, incident.ResolvedAt ?? context.Now) : Of(relation, incident.StartedAt, context.Now);
        return new NamedWindow(TimeText.Check(window, context.Now), $"{relation} INC-{id}, which began at {Figures.Time(incident.StartedAt)}");
    }

    private async Task<NamedWindow> ChangeAsync(ToolContext context, EventTime happened, CancellationToken cancel)
    {
        var found = await FindAsync(context, happened.Service, happened.Version, cancel);
        if (found.Count == 0 && (happened.Service ?? happened.Version) is not null)
            found = [.. (await FindAsync(context, null, null, cancel)).Where(change => IsSame(happened.Service, change.Service) && IsSame(happened.Version, change.Version))];
        var change = found.Where(change => happened.Kind is null || change.Kind == happened.Kind).OrderByDescending(change => change.At).FirstOrDefault() ?? throw await NoneAsync(context, happened, cancel);
        return new NamedWindow(TimeText.Check(Of(happened.Relation, change.At, context.Now), context.Now), $"{happened.Relation} {Short(change.Title)} at {Figures.Time(change.At)}");
    }

    private async Task<IReadOnlyList<ChangeFacts>> FindAsync(ToolContext context, string? service, string? version, CancellationToken cancel) =>
        changes.FirstOrDefault() is { } lookup ? await lookup.FindAsync(context, new TimeWindow(context.Now - Back, context.Now), service, version, cancel) : [];

    /// <summary>Says what is not recorded, and the nearest that is.</summary>
    private async Task<SreException> NoneAsync(ToolContext context, EventTime happened, CancellationToken cancel)
    {
        var latest = (await FindAsync(context, null, null, cancel)).MaxBy(change => change.At);
        return new SreException(SreErrorKind.NotFound, $"No {happened.What} is recorded in the last 7 days; {(latest is null ? "" : $"the latest change is {Short(latest.Title)} at {Figures.Time(latest.At)}. T")}"
            + $"{(latest is null ? "t" : "")}ell me of one with: deploy checkout v42, or name a time.");
    }

    private static TimeWindow Of(string relation, DateTimeOffset at, DateTimeOffset now) => relation switch
    {
        "before" => new TimeWindow(at.AddHours(-1), at),
        "around" => new TimeWindow(at - EitherSide, at + EitherSide),
        _ => new TimeWindow(at, now),
    };

    private static bool IsSame(string? wanted, string name) => wanted is null || NearestName.Same(wanted, [name]) is not null;

    private static string Short(string title) => title.Length <= 80 ? title : title[..79] + "…";

    [GeneratedRegex(@"^(?:at\s+)?(?:(?:the\s+)?same (?:time|hour|day) (?:yesterday|last (?<week>week))|(?:yesterday|last (?<week>week))(?:\s+at)?\s+(?:the\s+)?same (?:time|hour|day))$", RegexOptions.IgnoreCase)]
    private static partial Regex SameTime();
}
