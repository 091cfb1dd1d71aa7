using System.Runtime.CompilerServices;
using SreBot.Evidence;
using SreBot.Model;
using SreBot.Rca;

namespace SreBot.Investigations;

/// <summary>Gathers the engine's input in a few reads: when did it change, what was there before and during, what was changed by people, what was called.</summary>
internal static class RcaInputReader
{
    private const int MostSuspects = 2;

    /// <summary>How long what builds up slowly, such as a leak, may have gone on before an alert fires.</summary>
    private static readonly TimeSpan[] BuildUps = [TimeSpan.FromMinutes(40), TimeSpan.FromMinutes(80)];
    private static readonly TimeSpan IncidentPast = TimeSpan.FromHours(2);
    private static readonly TimeSpan OpenPast = TimeSpan.FromHours(6);
    private static readonly TimeSpan LongestDuring = TimeSpan.FromHours(2);
    private static readonly TimeSpan ShortestPast = TimeSpan.FromMinutes(45);
    private static readonly TimeSpan LongestPast = TimeSpan.FromHours(3);

    /// <summary>Null when no request came in that time.</summary>
    public static async Task<RcaReading?> ReadAsync(ToolContext context, InvestigationSubject subject, CancellationToken cancel)
    {
        var looked = Look(subject, context.Now);
        context.Progress.Report($"Reading {subject.Name} minute by minute");
        var minutes = await context.Steps.ReadAsync($"Latency, errors, requests, CPU and memory of {FilterText.Describe(subject.Filter)} by minute", context.Scope, Symptoms.Query(looked, subject.Filter), cancel);
        if (minutes.Table.Rows.Count == 0)
            return null;

        var (measure, onset) = Symptoms.Find(minutes.Table, looked, subject.Metric is null ? null : Symptoms.MeasureOf(subject.Metric), subject.Incident is null, IsCandidate(subject, looked));
        minutes.Conclusion = onset is null ? "No stretch of it stands out." : $"It changed at {Figures.Time(onset.From)}.";
        return await ReadAsync(context, subject, new RcaReading(null!, onset, looked, minutes, null!, null, null, null), measure, During(subject, looked, onset), cancel);
    }

    /// <summary>The same for other times at which it may have begun, the likeliest first: what the incident itself says, when the minutes of a suspect changed,
    /// a while before for what builds up, when something was deployed. An alert may fire long after the beginning.</summary>
    public static async IAsyncEnumerable<RcaReading> ReadAgainAsync(ToolContext context, InvestigationSubject subject, RcaReading reading, RcaVerdict verdict, [EnumeratorCancellation] CancellationToken cancel)
    {
        var input = reading.Input;
        var seen = new List<TimeWindow> { input.During };
        if (subject.Incident is not null && During(subject, reading.Looked, null) is var own && Add(seen, own))
            yield return await ReadAsync(context, subject, reading with { Onset = null }, verdict.Measure, own, cancel);

        foreach (var suspect in verdict.Suspects.Take(MostSuspects))
        {
            if (await OnsetAsync(context, reading, verdict.Measure, suspect, cancel) is { } onset && Add(seen, onset))
                yield return await ReadAsync(context, subject, reading with { Onset = onset }, verdict.Measure, onset, cancel);
        }

        foreach (var earlier in subject.Incident is { } incident && verdict.Measure != RcaMeasure.Requests /* their slow changes are the time of day */ ? BuildUps.Select(time => Minute(incident.StartedAt - time)).Where(from => from < input.During.From) : [])
        {
            var building = new TimeWindow(earlier, earlier + LongestDuring < input.During.To ? earlier + LongestDuring : input.During.To);
            if (Add(seen, building))
                yield return await ReadAsync(context, subject, reading with { Onset = null }, verdict.Measure, building, cancel);
        }

        foreach (var change in input.Changes.Where(change => change.At > reading.Looked.From.AddMinutes(20) && change.At < input.During.From).Select(change => Minute(change.At)).Distinct().TakeLast(MostSuspects))
        {
            var since = new TimeWindow(change, input.During.To);
            if (Add(seen, since))
                yield return await ReadAsync(context, subject, reading with { Onset = null }, verdict.Measure, since, cancel);
        }
    }

    private static bool Add(List<TimeWindow> seen, TimeWindow window)
    {
        var isNew = window.To > window.From && !seen.Contains(window);
        seen.Add(window);
        return isNew;
    }

    /// <summary>When a suspect's own minutes changed, before the change that was looked at and into it.</summary>
    private static async Task<TimeWindow?> OnsetAsync(ToolContext context, RcaReading reading, RcaMeasure measure, RcaCell suspect, CancellationToken cancel)
    {
        var during = reading.Input.During;
        var minutes = await context.Steps.ReadAsync($"{suspect.Name} by minute: since when?", context.Scope, Symptoms.Query(reading.Looked, suspect.Conditions), cancel);
        var (_, onset) = Symptoms.Find(minutes.Table, reading.Looked, measure, isOpen: false, stretch => stretch.From >= reading.Looked.From.AddMinutes(20) && stretch.From < during.From && stretch.To > during.From);
        minutes.Conclusion = onset is null ? "No stretch of it stands out." : $"It changed at {Figures.Time(onset.From)}.";
        return onset is null ? null : onset.Length > LongestDuring ? new TimeWindow(onset.From, onset.From + LongestDuring) : onset;
    }

    private static async Task<RcaReading> ReadAsync(ToolContext context, InvestigationSubject subject, RcaReading reading, RcaMeasure measure, TimeWindow during, CancellationToken cancel)
    {
        var past = TimeSpan.FromTicks(Math.Clamp((3 * during.Length).Ticks, ShortestPast.Ticks, LongestPast.Ticks));
        var earlier = new TimeWindow(during.From - past, during.From - (past / 2));
        var before = new TimeWindow(earlier.To, during.From);
        context.Progress.Report("Comparing every server, version, endpoint, region and platform with its past and its peers");
        var cells = await context.Steps.ReadAsync("Counts and sums of every dimension's values, alone and in pairs, before and during the change", context.Scope, CellQuery.Of(earlier, before, during), cancel);
        var changes = context.Scope.Conditions.Count > 0 ? null
            : await context.Steps.ReadAsync("Deploys and other changes near the change", context.Scope, ChangeQuery.Of(new TimeWindow(during.From.AddMinutes(-60), during.To)), cancel);
        var calls = await CallQuery.ReadAsync(context, earlier, before, during, cancel);
        var arrivals = await ArrivalQuery.ReadAsync(context, reading.Looked, cancel);
        var input = new RcaInput
        {
            Measure = measure, Subject = subject.Filter, IsKnownToMove = subject.Incident is not null && subject.Aggregate is not (null or "mean"), Earlier = earlier, Before = before, During = during,
            Cells = CellQuery.Read(cells.Table), Changes = changes is null ? [] : ChangeQuery.Read(changes.Table),
            Calls = calls is null ? [] : CallQuery.Read(calls.Table), Behind = arrivals is null ? new Dictionary<string, DateTimeOffset>() : ArrivalQuery.Read(arrivals.Table),
        };
        return reading with { Input = input, Cells = cells, Changes = changes, Calls = calls, Arrivals = arrivals };
    }

    private static TimeWindow Look(InvestigationSubject subject, DateTimeOffset now)
    {
        var to = Minute(now.AddSeconds(-20)); // the last minute is still coming in
        if (subject.Incident is { } incident)
        {
            var end = Minute(incident.ResolvedAt ?? now).AddMinutes(10);
            end = end > incident.StartedAt + LongestDuring ? incident.StartedAt + LongestDuring : end;
            return new TimeWindow(Minute(incident.StartedAt - IncidentPast), Later(end < to ? end : to, Minute(incident.StartedAt).AddMinutes(1)));
        }

        var window = subject.Window ?? new TimeWindow(now.AddHours(-1), now);
        to = window.To < to ? Minute(window.To) : to;
        var from = Minute(window.From < to - OpenPast ? window.From : to - OpenPast);
        return new TimeWindow(from, Later(to, from.AddMinutes(1)));
    }

    /// <summary>Around the start of an incident; within the window that was asked about, and long enough to be no accident, else.</summary>
    private static Func<TimeWindow, bool> IsCandidate(InvestigationSubject subject, TimeWindow looked) => subject.Incident is { } incident
        ? stretch => stretch.From >= incident.StartedAt.AddMinutes(-20) && stretch.From <= incident.StartedAt.AddMinutes(6) && stretch.To > incident.StartedAt
        : stretch => stretch.Length >= TimeSpan.FromMinutes(3) && stretch.From >= looked.From.AddMinutes(20) && (subject.Window is null || (stretch.To > subject.Window.From && stretch.From < subject.Window.To));

    private static TimeWindow During(InvestigationSubject subject, TimeWindow looked, TimeWindow? onset)
    {
        var during = onset ?? (subject.Incident is { } incident ? new TimeWindow(Minute(incident.StartedAt), incident.ResolvedAt is { } resolved && Minute(resolved) < looked.To ? Minute(resolved) : looked.To)
            : new TimeWindow(subject.Window is { } window && window.From > looked.From ? Minute(window.From) : looked.To.AddHours(-1), looked.To));
        during = during.Length > LongestDuring ? new TimeWindow(during.From, during.From + LongestDuring) : during;
        return during.To > during.From ? during : new TimeWindow(during.From, during.From.AddMinutes(1));
    }

    private static DateTimeOffset Minute(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
