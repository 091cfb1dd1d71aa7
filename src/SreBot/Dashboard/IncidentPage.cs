using SreBot.Adapters.Chat;
using SreBot.Incidents;
using SreBot.Replies;

namespace SreBot.Dashboard;

/// <summary>The page of one incident: its message, all alerts of a storm, its timeline.</summary>
internal static class IncidentPage
{
    /// <summary>Members of a storm that are shown.</summary>
    private const int Listed = 1000;

    public static string Render(Incident incident, IReadOnlyList<IncidentMember> members, IReadOnlyList<IncidentEvent> timeline)
    {
        var html = new Html().Raw("<header class=\"page-header\"><p class=\"crumbs\"><a href=\"/\">SreBot</a> / incident</p>");
        html.Element("h1", $"{incident.Number}: {incident.Title}").Raw("</header>");
        Card(html, IncidentMessage.Of(incident, []).Blocks);
        if (members.Count > 0)
        {
            Card(html, Members(members));
        }

        Card(html, [IncidentReplies.Timeline(timeline)]);
        return PageShell.Wrap(incident.Number, html.ToString());
    }

    private static void Card(Html html, IReadOnlyList<ReplyBlock> blocks)
    {
        html.Raw("<section class=\"card\">");
        ReplyHtml.Write(html, new ChatReply { Summary = "", Blocks = blocks });
        html.Raw("</section>");
    }

    private static List<ReplyBlock> Members(IReadOnlyList<IncidentMember> members)
    {
        var over = members.Count(member => member.EndedAt is not null);
        var shown = members.OrderBy(member => member.EndedAt is not null).Take(Listed);
        return
        [
            new ReplyTable($"Alerts: {over:#,0} of {members.Count:#,0} over", ["What", "Ended (UTC)"],
                [.. shown.Select(member => (IReadOnlyList<string>)[member.Title, member.EndedAt is { } ended ? $"{ended:yyyy-MM-dd HH:mm}" : "goes on"])], []),
            .. members.Count > Listed ? (IReadOnlyList<ReplyBlock>)[new ReplySection { IsNote = true, Paragraphs = [$"The first {Listed:#,0}; those that go on come first."] }] : [],
        ];
    }
}
