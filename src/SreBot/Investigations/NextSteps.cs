using SreBot.Adapters.Chat;
using SreBot.Model;
using SreBot.Rca;

namespace SreBot.Investigations;

/// <summary>What to do about a cause, and what to ask next.</summary>
internal static class NextSteps
{
    public static IEnumerable<string> Of(RcaVerdict verdict, RcaReading reading)
    {
        if (verdict.Causes is not [var cause, ..])
        {
            yield return "If people still feel it, ask again with a narrower time or a server, endpoint or project.";
            yield return "Look at what is not measured here: the network, a database, a third party.";
            yield break;
        }

        yield return cause.Kind switch
        {
            RcaCauseKind.BadDeploy => "Roll the deploy back, or switch the change off, and watch whether the figures return.",
            RcaCauseKind.NoisyNeighbour => $"Find what else takes the CPU of {cause.Entity}: its processes, its host, other tenants; move the load away until then.",
            RcaCauseKind.MemoryLeak => $"Take {cause.Entity} out of rotation and restart it; keep a heap dump before.",
            RcaCauseKind.Overload or RcaCauseKind.TrafficSurge => "Add capacity or limit the rate, and find out who sends the additional requests.",
            RcaCauseKind.HotProject => $"Limit the rate of {cause.Entity}, or ask its owners what they started.",
            RcaCauseKind.Dependency => $"Look at {cause.Entity} itself: its load, its locks, its last change; shed what its callers can do without.",
            RcaCauseKind.TrafficLoss => "Check what is in front: DNS, load balancer, certificates, the clients' last release.",
            RcaCauseKind.SlowServer => $"Take {cause.Entity} out of rotation; then look at its disk, network and neighbours.",
            RcaCauseKind.Everywhere => "Look at what all requests share: the database, the network, a dependency.",
            _ => $"Look at what only {cause.Entity} uses: its code path, its dependencies, its network.",
        };
        yield return $"If {(cause.Conditions.Count == 0 ? "it" : cause.Entity)} is the cause, the others stay as they are when it is taken away; that would settle it.";
        if (reading.Input.Changes.Count == 0 && cause.Kind != RcaCauseKind.TrafficSurge)
            yield return "No deploy is recorded near it; ask whether one happened unrecorded.";
    }

    /// <summary>At most three.</summary>
    public static IReadOnlyList<ReplyButton> Buttons(InvestigationSubject subject, RcaVerdict verdict)
    {
        var questions = new List<string>();
        foreach (var condition in verdict.Causes.Take(1).SelectMany(cause => cause.Conditions).Concat(subject.Filter))
        {
            if (condition.Dimension is "server_id" or "project_id")
                questions.Add($"p95 latency of {condition.Value}");
        }

        questions.Add("Which server has the highest latency?");
        return [.. questions.Distinct().Take(3).Select(question => new ReplyButton(question, "ask", question))];
    }
}
