using SreBot.Evidence;
using SreBot.Model;
using SreBot.Rca;

namespace SreBot.Investigations;

/// <summary>What a model may read of an investigation. For an incident it has the sections "Request data" and "Server stats data".</summary>
internal static class InvestigationFacts
{
    private const int MostHours = 13;

    public static Dictionary<string, object?> Of(InvestigationSubject subject, RcaReading reading, RcaVerdict verdict, IncidentReads? incident, string summary)
    {
        var facts = new Dictionary<string, object?>
        {
            ["answer"] = summary,
            ["Changed"] = new { measure = Words.Title(verdict.Measure), from = Figures.Time(reading.Input.During.From), to = Figures.Time(reading.Input.During.To), onset = reading.Onset is null ? null : Figures.Time(reading.Onset.From), changes = reading.Input.Changes.Select(change => $"{change.Title} at {Figures.Time(change.At)}") },
            ["Likely causes"] = verdict.Causes.Select(cause => new { cause = Figures.Sentence(cause.Sentence), strength = cause.Strength, evidence = cause.Evidence.Select(Figures.Sentence) }),
            ["Affected"] = verdict.Affected.Select(Figures.Sentence),
            ["Ruled out"] = verdict.RuledOut.Select(Figures.Sentence),
            ["Next steps"] = NextSteps.Of(verdict, reading),
        };
        if (subject.Incident is { } about)
        {
            facts["Incident"] = new { id = subject.Name, about.Title, about.Status, about.Severity, started = Figures.Time(about.StartedAt), about.RequestId, about.ServerId };
            facts["Request data"] = incident?.Request is { Table.Rows.Count: > 0 } request ? Records(request.Table) : "not recorded";
            facts["Server stats data"] = incident?.Stats is { Table.Rows.Count: > 0 } stats ? Records(stats.Table) : "not recorded";
        }

        return facts;
    }

    private static IReadOnlyList<Dictionary<string, object?>> Records(StepTable table) =>
        [.. table.Rows.Take(MostHours).Select(row => table.Columns.Zip(row).ToDictionary(cell => cell.First, cell => cell.Second))];
}
