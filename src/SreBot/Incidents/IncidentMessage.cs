using SreBot.Adapters.Chat;

namespace SreBot.Incidents;

/// <summary>The one message that stands for an incident, as it now is. Pure.</summary>
internal static class IncidentMessage
{
    /// <summary>The members of a storm that its message lists.</summary>
    private const int Listed = 10;

    /// <param name="members">Of a storm, those that may be told of.</param>
    public static ChatReply Of(Incident incident, IReadOnlyList<IncidentMember> members) => new()
    {
        Summary = $"{incident.Number} {Status(incident)}: {incident.Title}",
        Blocks = [Facts(incident, members), .. Table(incident, members), .. Finding(incident), .. Kept(incident), Buttons(incident)],
    };

    /// <summary>What a change says in the message's thread.</summary>
    public static ChatReply Change(string sentence) => ChatReply.Of(sentence);

    /// <summary>The first diagnosis, in the thread, with the chart of the likeliest cause.</summary>
    public static ChatReply FindingChange(Incident incident, ReplyChart? chart) => new()
    {
        Summary = incident.Finding ?? "",
        Blocks = [.. Finding(incident).Take(1), .. chart is null ? (IReadOnlyList<ReplyBlock>)[] : [chart], .. Finding(incident).Skip(1)],
    };

    /// <summary>Where what was kept can be fetched, in the thread.</summary>
    public static ChatReply KeptChange(Incident incident) => new() { Summary = $"The investigation of {incident.Number} is kept as {string.Join(" and ", incident.Kept.Select(Format))}.", Blocks = [.. Kept(incident)] };

    public static string Time(DateTime utc) => $"{utc:yyyy-MM-dd HH:mm} UTC";

    /// <summary>The end of a snooze.</summary>
    public static string Until(DateTime until) => until == DateTime.MaxValue ? "until it is resolved" : $"until {Time(until)}";

    /// <summary><c>open</c>, <c>open, snoozed</c>, …</summary>
    public static string Status(Incident incident) => incident.SnoozedUntil is null || incident.IsResolved ? incident.Status : $"{incident.Status}, snoozed";

    private static ReplySection Facts(Incident incident, IReadOnlyList<IncidentMember> members) => new()
    {
        Title = $"{incident.Number} · {Status(incident)} · {incident.Severity}",
        Paragraphs = [ReplyText.Of(ReplyRun.Strong(incident.Title))],
        Bullets = [.. Bullets(incident, members)],
    };

    private static IEnumerable<ReplyText> Bullets(Incident incident, IReadOnlyList<IncidentMember> members)
    {
        yield return $"Since {Time(incident.StartedAt)}";
        if (members.Count > 0)
        {
            yield return $"{members.Count(member => member.EndedAt is not null):#,0} of {members.Count:#,0} over";
        }

        if (incident.RequestId is { } request)
        {
            yield return ReplyText.Of("Worst request ", ReplyRun.Code(request), incident.ServerId is { } server ? $" on {server}" : "");
        }

        if (incident.AcknowledgedAt is { } acknowledged)
        {
            yield return $"Acknowledged by {incident.AcknowledgedBy}, {Time(acknowledged)}";
        }

        if (incident is { SnoozedUntil: { } until, IsResolved: false })
        {
            yield return $"Snoozed by {incident.SnoozedBy}, {Until(until)}";
        }

        if (incident.ResolvedAt is { } resolved)
        {
            yield return $"Resolved by {incident.ResolvedBy}, {Time(resolved)}";
        }

        if (incident.TicketUrl is { } ticket)
        {
            yield return ReplyText.Of("Ticket: ", ReplyRun.Link(ticket, ticket));
        }

        if (incident.RunbookUrl is { } runbook)
        {
            yield return ReplyText.Of("Runbook: ", ReplyRun.Link(runbook, runbook));
        }
    }

    private static IEnumerable<ReplyBlock> Table(Incident incident, IReadOnlyList<IncidentMember> members)
    {
        if (members.Count > 0)
        {
            yield return new ReplyTable("Alerts", ["What", "State"],
                [.. members.OrderBy(member => member.EndedAt is not null).Take(Listed).Select(member => (IReadOnlyList<string>)[member.Title, member.EndedAt is null ? "open" : "over"])], []);
        }

        if (members.Count > Listed)
        {
            yield return new ReplySection { IsNote = true, Paragraphs = [ReplyText.Of($"And {members.Count - Listed:#,0} more on ", ReplyRun.Link("its page", incident.Page), ".")] };
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

    private static IEnumerable<ReplyBlock> Kept(Incident incident)
    {
        if (incident.Kept.Length > 0)
        {
            var links = incident.Kept.SelectMany((format, i) => new[] { (ReplyRun)(i == 0 ? "" : ", "), ReplyRun.Link(Format(format), $"{incident.Page}/export.{format}") });
            yield return new ReplySection { IsNote = true, Paragraphs = [ReplyText.Of(["Kept: ", .. links])] };
        }
    }

    private static string Format(string ending) => ending == "ipynb" ? "notebook" : "HTML page";

    /// <summary>Few, the most likely first. Who sees only a part of a storm can do nothing to it.</summary>
    private static ReplyButtons Buttons(Incident incident)
    {
        var number = incident.Number;
        var buttons = new List<ReplyButton> { new("Investigate", "ask", $"what is the root cause of {number}?", ReplyButtonStyle.Primary) };
        var canAct = incident is { IsResolved: false, IsPart: false };
        if (canAct && incident.Status == "open")
        {
            buttons.Add(new("Acknowledge", IncidentAcknowledge.ButtonVerb, number));
        }

        if (canAct && incident.SnoozedUntil is null)
        {
            buttons.Add(new("Snooze 1h", IncidentSnooze.ButtonVerb, $"{number} 1h"));
        }

        if (canAct)
        {
            buttons.Add(new("Resolve", IncidentResolve.ButtonVerb, number));
        }

        return new ReplyButtons(buttons);
    }
}
