using System.Globalization;
using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Alerts.Evaluation;

/// <summary>One message a target for all that came and went while SreBot was catching up. Pure.</summary>
internal static class AlertDigest
{
    private const int MostRows = 50;

    public static IReadOnlyList<AlertPost> Of(IReadOnlyList<AlertDigestRow> rows, DateTimeOffset tick) =>
        [.. rows.SelectMany(row => row.Targets.Select(target => (row, target))).GroupBy(pair => (pair.row.OrganizationId, pair.target))
            .Select(group => AlertPost.ToPeople(group.Key.OrganizationId, $"digest:{tick.ToUnixTimeSeconds()}", 1, group.Key.target,
                Message([.. group.Select(pair => pair.row).OrderBy(row => row.From).ThenBy(row => row.Name).ThenBy(row => row.GroupKey)], tick)))];

    private static NotifyPayload Message(IReadOnlyList<AlertDigestRow> rows, DateTimeOffset tick)
    {
        var summary = $"While alert evaluation was behind, {(rows.Count == 1 ? "1 alert" : $"{rows.Count} alerts")} came and went.";
        var projects = rows.SelectMany(row => row.Projects).Distinct().Order(StringComparer.Ordinal).ToList();
        var rest = rows.Count - MostRows;
        var message = new ChatReply
        {
            Summary = summary,
            Blocks =
            [
                new ReplySection { Paragraphs = [summary] },
                new ReplyTable("Over by now", ["alert", "group", "from (UTC)", "to (UTC)", "worst"],
                    [.. rows.Take(MostRows).Select(row => (IReadOnlyList<string>)[row.Name, row.GroupKey, Time(row.From), Time(row.To), row.WorstText])], [4]),
                .. rest > 0 ? [new ReplySection { IsNote = true, Paragraphs = [$"And {rest} more; alert show has each one's history."] }] : Array.Empty<ReplyBlock>(),
            ],
        };
        return new NotifyPayload(message, null, projects)
        {
            Facts = new NotifyFacts { Event = "self", Key = $"digest {tick.ToUnixTimeSeconds()}", Title = summary, Severity = "info", Projects = projects, At = tick },
        };
    }

    private static string Time(DateTime utc) => utc.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
