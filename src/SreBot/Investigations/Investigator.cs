using SreBot.Evidence;
using SreBot.Model;
using SreBot.Rca;

namespace SreBot.Investigations;

/// <summary>Finds out why: reads, lets the engine judge, draws the culprit against the others, and writes the report.</summary>
internal sealed partial class Investigator(TimeProvider time, ILogger<Investigator> log)
{
    private const double SureEnough = 0.6;
    private static readonly RcaMeasure[] Felt = [RcaMeasure.Latency, RcaMeasure.ErrorRate, RcaMeasure.Requests];

    private readonly InvestigationPlaces places = new();

    /// <summary>As many run as may; another one would wait.</summary>
    public bool IsBusy => places.AreTaken;

    /// <summary>Waits while two others run.</summary>
    public async Task<Investigation> InvestigateAsync(ToolContext context, InvestigationSubject subject, CancellationToken cancel)
    {
        if (IsBusy)
            context.Progress.Report("Waiting for another investigation to end");
        await places.TakeAsync(cancel);
        try
        {
            return await FindOutAsync(context, subject, cancel);
        }
        finally
        {
            places.Leave();
        }
    }

    private async Task<Investigation> FindOutAsync(ToolContext context, InvestigationSubject subject, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        if (await RcaInputReader.ReadAsync(context, subject, cancel) is not { } reading)
        {
            var nothing = $"There are no requests of {FilterText.Describe(subject.Filter)} in that time, so there is nothing to explain.";
            return new Investigation(nothing, [.. InvestigationReport.Nothing(context, nothing)], null, null, new { subject = subject.Name, answer = nothing });
        }

        var verdict = Judge(reading.Input, isOpen: subject.Metric is null);
        if (verdict.Causes.Count == 0)
            (reading, verdict) = await LookAgainAsync(context, subject, reading, verdict, cancel);

        var culprit = await CulpritChart.ReadAsync(context, subject, reading, verdict, cancel);
        var request = subject.Incident is { } incident ? await IncidentReads.ReadAsync(context, incident, verdict, cancel) : null;
        var ranked = await RankedEvidence.KeepAsync(context, verdict, cancel);
        var summary = InvestigationReport.Answer(subject, reading, verdict);
        foreach (var step in reading.Steps.Append(culprit.Step))
        {
            step.Conclusion ??= summary;
        }

        LogInvestigated(subject.Name, time.GetElapsedTime(started).TotalMilliseconds, verdict.Causes.Count);
        var blocks = InvestigationReport.Write(context, subject, reading, verdict, culprit, request, ranked, summary);
        return new Investigation(summary, blocks, verdict, reading, InvestigationFacts.Of(subject, reading, verdict, request, summary));
    }

    /// <summary>The first other beginning that has a cause; without one, what was found at first.</summary>
    private static async Task<(RcaReading, RcaVerdict)> LookAgainAsync(ToolContext context, InvestigationSubject subject, RcaReading reading, RcaVerdict verdict, CancellationToken cancel)
    {
        await foreach (var again in RcaInputReader.ReadAgainAsync(context, subject, reading, verdict, cancel))
        {
            if (Judge(again.Input, isOpen: subject.Metric is null) is { Causes.Count: > 0 } found)
                return (again, found);
        }

        return (reading, verdict);
    }

    /// <summary>An open question asks for whatever users feel: the measure that changed most first, then the others. Who looks at more, and at no known
    /// symptom, must be surer.</summary>
    private static RcaVerdict Judge(RcaInput input, bool isOpen)
    {
        var first = RcaEngine.Explain(input);
        if (!isOpen || (input.Measure != RcaMeasure.Requests && first.Causes.Count > 0) || first.Causes is [{ Score: >= SureEnough }, ..])
            return first;

        return Felt.Where(measure => measure != input.Measure).Select(measure => RcaEngine.Explain(input with { Measure = measure }))
            .FirstOrDefault(verdict => verdict.Causes is [{ Score: >= SureEnough, Kind: not RcaCauseKind.Everywhere }, ..]) ?? first with { Causes = [] };
    }

    [LoggerMessage(LogLevel.Information, "Investigated {Subject} in {Milliseconds:0} ms: {Causes} causes")]
    private partial void LogInvestigated(string subject, double milliseconds, int causes);
}
