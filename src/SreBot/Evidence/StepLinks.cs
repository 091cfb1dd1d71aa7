using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Evidence;

/// <summary>Notes that say where numbers come from.</summary>
internal static class StepLinks
{
    public static string Page(Guid investigation) => $"/investigations/{investigation}";

    /// <summary><c>Source: step 1, step 2</c>, each a link.</summary>
    public static ReplySection Source(IStepRecorder recorder, params IEnumerable<RecordedStep> steps)
    {
        var runs = new List<ReplyRun> { "Source: " };
        foreach (var step in steps)
        {
            if (runs.Count > 1)
                runs.Add(", ");
            runs.Add(ReplyRun.Link($"step {step.Number}", $"{Page(recorder.InvestigationId)}#step-{step.Number}"));
        }

        return new ReplySection { IsNote = true, Paragraphs = [ReplyText.Of([.. runs])] };
    }
}
