using SreBot.Adapters.Chat;
using SreBot.Evidence;
using SreBot.Investigations.Export;
using SreBot.Model;
using SreBot.Rca;

namespace SreBot.Investigations;

/// <summary>Writes the report: the answer, what changed and when, who is affected, the causes, what was ruled out, what to do.</summary>
internal static class InvestigationReport
{
    public static string Answer(InvestigationSubject subject, RcaReading reading, RcaVerdict verdict) => verdict.Causes is [var cause, ..]
        ? Figures.Sentence(cause.Sentence) is var sentence && sentence.StartsWith(subject.Name, StringComparison.Ordinal) ? sentence : $"{subject.Name}: {sentence}"
        : $"{subject.Name}: the data shows no cause; {Still(subject, reading, verdict)}.";

    public static IEnumerable<ReplyBlock> Nothing(ToolContext context, string sentence) =>
        [new ReplySection { Paragraphs = [sentence] }, StepLinks.Source(context.Steps, context.Steps.Steps)];

    public static IReadOnlyList<ReplyBlock> Write(ToolContext context, InvestigationSubject subject, RcaReading reading, RcaVerdict verdict, CulpritChart culprit, IncidentReads? incident, RecordedStep ranked, string summary)
    {
        List<ReplyBlock> blocks = [new ReplySection { Paragraphs = [ReplyText.Of(ReplyRun.Strong(summary))] }, culprit.Chart];
        blocks.Add(new ReplySection { Title = "What changed and when", Bullets = [.. Changed(reading, verdict)] });
        blocks.Add(new ReplySection { Title = "Who is affected", Bullets = [.. Affected(verdict)] });
        blocks.Add(Causes(verdict));
        if (verdict.Causes.Count > 1)
            blocks.Add(Bars(verdict));
        if (Table(verdict) is { } table)
            blocks.Add(table);
        blocks.Add(new ReplySection { Title = "Ruled out", Bullets = [.. RuledOut(verdict)] });
        blocks.Add(new ReplySection { Title = "Next steps", Bullets = [.. NextSteps.Of(verdict, reading).Select(step => (ReplyText)step)] });
        blocks.Add(new ReplyButtons([.. NextSteps.Buttons(subject, verdict), InvestigationExport.Button(context.Steps.InvestigationId)]));
        blocks.Add(StepLinks.Source(context.Steps, [.. reading.Steps, .. culprit.Steps, .. new[] { incident?.Request, incident?.Stats }.OfType<RecordedStep>(), ranked]));
        return blocks;
    }

    private static IEnumerable<ReplyText> Changed(RcaReading reading, RcaVerdict verdict)
    {
        var (during, title) = (reading.Input.During, Words.Title(verdict.Measure));
        if (verdict.Subject is { } own)
            yield return $"{char.ToUpperInvariant(title[0])}{title[1..]} of {own.Cell.Name}: {Number(own, own.To)} from {Figures.Window(during.From, during.To)}, against {Number(own, own.From)} before.";
        if (reading.Onset is null)
            yield return $"No change point stands out from {Figures.Window(reading.Looked.From, reading.Looked.To)}.";
        var ending = reading.Onset is { } onset && onset.To < reading.Looked.To ? $"ended at {Figures.Time(onset.To)}" : "has not ended";
        foreach (var sentence in ChangesBeside.Sentences(reading.Onset?.From, ending, reading.Changes is null ? [] : ChangeQuery.ReadFacts(reading.Changes.Table)))
        {
            yield return sentence;
        }
    }

    private static IEnumerable<ReplyText> Affected(RcaVerdict verdict) => verdict.Affected.Count > 0 ? verdict.Affected.Select(Text) : ["No server, project, service, version, endpoint, region or platform stands out."];

    private static ReplySection Causes(RcaVerdict verdict) => new()
    {
        Title = "Likely causes",
        Paragraphs = verdict.Causes.Count > 0 ? [] : ["The data shows no cause."],
        Bullets =
        [
            .. verdict.Causes.Select((cause, i) => ReplyText.Of(ReplyRun.Strong($"{i + 1}. {cause.Entity}"), $" ({cause.Strength} evidence): {Figures.Sentence(cause.Sentence)} {string.Join(" ", cause.Evidence.Select(Figures.Sentence))}")),
        ],
    };

    private static ReplyBars Bars(RcaVerdict verdict)
    {
        var bars = verdict.Causes.Select(cause => (Percent: RankedEvidence.Percent(cause), cause.Entity, cause.Strength)).Select(cause => new ReplyBar(cause.Entity, cause.Percent, $"{Figures.Number(cause.Percent, "%")} ({cause.Strength})")).ToList();
        var text = $"Bars of causes: {string.Join(", ", bars.Select(bar => $"{bar.Name} {bar.Label}"))}.";
        return new ReplyBars("How well the data carries each cause", "%", text.Length <= 500 ? text : text[..499] + "…", bars);
    }

    private static ReplyTable? Table(RcaVerdict verdict) => verdict.Causes.Count == 0 ? null : new ReplyTable("Evidence", ["Cause", "Measure", "Before", "During", "Strength"],
        [.. verdict.Causes.Select(cause => (IReadOnlyList<string>)[cause.Entity, Words.Title(cause.Shift.Measure), Number(cause.Shift, cause.Shift.From), Number(cause.Shift, cause.Shift.To), cause.Strength])], [2, 3]);

    private static IEnumerable<ReplyText> RuledOut(RcaVerdict verdict) => verdict.RuledOut.Count > 0 ? verdict.RuledOut.Select(Text) : ["Nothing else moved enough to be held against the data."];

    /// <summary>What was looked at in vain.</summary>
    private static string Still(InvestigationSubject subject, RcaReading reading, RcaVerdict verdict) => verdict.Subject is { } own
        ? $"{Words.Title(own.Measure)} of {FilterText.Describe(subject.Filter)} was {Number(own, own.To)} against {Number(own, own.From)} before, and no server, version, endpoint, region, platform or pair of them stands out against its past and its peers"
        : $"no server, version, endpoint, region, platform or pair of them stands out from {Figures.Window(reading.Looked.From, reading.Looked.To)}";

    private static string Number(RcaShift shift, double value) => Figures.Number(value, Words.Unit(shift.Measure));

    private static ReplyText Text(RcaStatement statement)
    {
        var text = Figures.Sentence(statement);
        return text.Length > 0 && char.IsLower(text[0]) ? char.ToUpperInvariant(text[0]) + text[1..] : text;
    }
}
