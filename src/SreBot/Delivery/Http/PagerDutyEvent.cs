using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Delivery.Http;

/// <summary>A notification as an event of PagerDuty's Events API v2.</summary>
internal static class PagerDutyEvent
{
    private const int LongestSummary = 1024;
    private const int LongestKey = 255;

    /// <summary><c>trigger</c>, <c>acknowledge</c> or <c>resolve</c>; null: PagerDuty has no word for it, or it would open again what is over.</summary>
    public static string? Action(NotifyFacts facts) => facts.Event switch
    {
        "resolved" => "resolve",
        "acknowledged" => "acknowledge",
        "opened" or "repeated" or "escalated" or "diagnosed" when facts.Status == "resolved" => null,
        "opened" or "repeated" or "escalated" or "diagnosed" or "missing" or "self" or "test" => "trigger",
        _ => null,
    };

    public static string Write(Notification notification, string action, PublicAddress links)
    {
        var facts = notification.Facts;
        var written = new JsonObject
        {
            ["routing_key"] = notification.Receiver.Secret,
            ["event_action"] = action,
            ["dedup_key"] = DedupKey(notification),
        };
        if (action == "trigger")
        {
            written["client"] = "SreBot";
            written["client_url"] = links.Complete(facts.Page ?? "/");
            written["payload"] = Payload(facts);
            written["links"] = new JsonArray([.. Links(facts).Select(link => (JsonNode)new JsonObject { ["href"] = links.Complete(link.Address), ["text"] = link.Text })]);
        }

        return written.ToJsonString();
    }

    private static string DedupKey(Notification notification)
    {
        var key = $"srebot-{notification.Item.OrganizationId}-{notification.Facts.Key}";
        return key.Length <= LongestKey ? key : $"srebot-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";
    }

    private static JsonObject Payload(NotifyFacts facts)
    {
        var details = new JsonObject { ["key"] = facts.Key, ["projects"] = new JsonArray([.. facts.Projects.Select(project => (JsonNode)project)]) };
        if (facts.Finding is { } finding)
        {
            details["finding"] = finding;
        }

        if (facts.Alert is { } alert)
        {
            details["alert"] = alert;
        }

        return new JsonObject
        {
            ["summary"] = facts.Title.Length <= LongestSummary ? facts.Title : facts.Title[..LongestSummary],
            ["source"] = facts.Server ?? (facts.Projects.Count > 0 ? facts.Projects[0] : "srebot"),
            ["severity"] = facts.Severity is "critical" or "warning" or "info" ? facts.Severity : "error",
            ["timestamp"] = (facts.StartedAt ?? facts.At).ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["custom_details"] = details,
        };
    }

    private static IEnumerable<(string Address, string Text)> Links(NotifyFacts facts) =>
        new (string? Address, string Text)[] { (facts.Page, "SreBot"), (facts.RunbookUrl, "Runbook"), (facts.TicketUrl, "Ticket") }
            .Where(link => link.Address is { Length: > 0 }).Select(link => (link.Address!, link.Text));
}
