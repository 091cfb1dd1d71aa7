using SreBot.Evidence;
using SreBot.Model;
using SreBot.Rca;

namespace SreBot.Investigations;

/// <summary>Gathers the engine's input in three reads: when did it change, what was there before and during, what was changed by people.</summary>
internal static class RcaInputReader
{
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
        var during = During(subject, looked, onset);
        var past = TimeSpan.FromTicks(Math.Clamp((3 * during.Length).Ticks, ShortestPast.Ticks, LongestPast.Ticks));
        var earlier = new TimeWindow(during.From - past, during.From - (past / 2));
        var before = new TimeWindow(earlier.To, during.From);
        context.Progress.Report("Comparing every server, version, endpoint, region and platform with its past and its peers");
        var cells = await context.Steps.ReadAsync("Counts and sums of every dimension's values, alone and in pairs, before and during the change", context.Scope, CellQuery.Of(earlier, before, during), cancel);
        var changes = context.Scope.Conditions.Count > 0 ? null
            : await context.Steps.ReadAsync("Deploys and other changes near the change", context.Scope, ChangeQuery.Of(new TimeWindow(during.From.AddMinutes(-60), during.To)), cancel);
        var input = new RcaInput
        {
            Measure = measure, Subject = subject.Filter, Earlier = earlier, Before = before, During = during,
            Cells = CellQuery.Read(cells.Table), Changes = changes is null ? [] : ChangeQuery.Read(changes.Table),
        };
        return new RcaReading(input, onset, looked, minutes, cells, changes);
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
        var during = onset ?? (subject.Incident is { } incident ? new TimeWindow(Minute(incident.StartedAt), looked.To)
            : new TimeWindow(subject.Window is { } window && window.From > looked.From ? Minute(window.From) : looked.To.AddHours(-1), looked.To));
        during = during.Length > LongestDuring ? new TimeWindow(during.From, during.From + LongestDuring) : during;
        return during.To > during.From ? during : new TimeWindow(during.From, during.From.AddMinutes(1));
    }

    private static DateTimeOffset Minute(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
