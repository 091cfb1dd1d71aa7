using SreBot.Adapters.Chat;

namespace SreBot.Incidents;

/// <summary>The one message that stands for an incident, as it now is. Pure.</summary>
internal static class IncidentMessage
{
    public static ChatReply Of(Incident incident) => new()
    {
        Summary = $"{IncidentNumber.Text(incident.Id)} {Status(incident)}: {incident.Title}",
        Blocks = [Facts(incident), .. Finding(incident), Buttons(incident)],
    };

    /// <summary>What a change says in the message's thread.</summary>
    public static ChatReply Change(string sentence) => ChatReply.Of(sentence);

    /// <summary>The first diagnosis, in the thread.</summary>
    public static ChatReply FindingChange(Incident incident) => new()
    {
        Summary = incident.Finding ?? "",
        Blocks = [.. Finding(incident)],
    };

    public static string Time(DateTime utc) => $"{utc:yyyy-MM-dd HH:mm} UTC";

    private static ReplySection Facts(Incident incident) => new()
    {
        Title = $"{IncidentNumber.Text(incident.Id)} · {Status(incident)} · {incident.Severity}",
        Paragraphs = [ReplyText.Of(ReplyRun.Strong(incident.Title))],
        Bullets = [.. Bullets(incident)],
    };

    private static IEnumerable<ReplyText> Bullets(Incident incident)
    {
        yield return $"Since {Time(incident.StartedAt)}";
        if (incident.RequestId is { } request)
        {
            yield return ReplyText.Of("Worst request ", ReplyRun.Code(request), incident.ServerId is { } server ? $" on {server}" : "");
        }

        if (incident.AcknowledgedAt is { } acknowledged)
        {
            yield return $"Acknowledged by {incident.AcknowledgedBy}, {Time(acknowledged)}";
        }

        if (incident.ResolvedAt is { } resolved)
        {
            yield return $"Resolved by {incident.ResolvedBy}, {Time(resolved)}";
        }
    }

    private static IEnumerable<ReplyBlock> Finding(Incident incident)
    {
        if (incident.Finding is { } finding)
        {
            yield return new ReplySection { Title = "First diagnosis", Paragraphs = [finding] };
        }

        if (incident.InvestigationId is { } investigation)
        {
            yield return new ReplySection { IsNote = true, Paragraphs = [ReplyText.Of(ReplyRun.Link("How this was found", $"/investigations/{investigation}"))] };
        }
    }

    private static ReplyButtons Buttons(Incident incident)
    {
        var number = IncidentNumber.Text(incident.Id);
        var buttons = new List<ReplyButton> { new("Investigate", "ask", $"what is the root cause of {number}?", ReplyButtonStyle.Primary) };
        if (incident.Status == "open")
        {
            buttons.Add(new("Acknowledge", IncidentAcknowledge.ButtonVerb, number));
        }

        if (!incident.IsResolved)
        {
            buttons.Add(new("Resolve", IncidentResolve.ButtonVerb, number));
        }

        return new ReplyButtons(buttons);
    }

    private static string Status(Incident incident) => incident.Status;
}
