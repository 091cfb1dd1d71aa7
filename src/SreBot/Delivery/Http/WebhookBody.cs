using System.Text.Json;
using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Delivery.Http;

/// <summary>What a webhook gets: <c>type</c>, <c>timestamp</c> and <c>data</c>. Fields may be added; those that are here keep their meaning.</summary>
internal sealed record WebhookBody(string Type, DateTimeOffset Timestamp, WebhookBody.Fields Data)
{
    public static string Write(Notification notification, PublicAddress links) => JsonSerializer.Serialize(Of(notification, links), SreJson.Options);

    private static WebhookBody Of(Notification notification, PublicAddress links)
    {
        var facts = notification.Facts;
        return new(TypeOf(facts.Event), facts.At, new Fields
        {
            Event = facts.Event,
            Key = facts.Key,
            Sequence = notification.Item.Sequence,
            Title = facts.Title,
            Severity = facts.Severity,
            Status = facts.Status.Length > 0 ? facts.Status : null,
            Projects = facts.Projects,
            Alert = facts.Alert,
            Server = facts.Server,
            StartedAt = facts.StartedAt,
            At = facts.At,
            Finding = facts.Finding,
            RunbookUrl = facts.RunbookUrl,
            TicketUrl = facts.TicketUrl,
            Page = facts.Page is { } page ? links.Complete(page) : null,
            Kept = [.. facts.Kept.Select(links.Complete)],
        });
    }

    private static string TypeOf(string happened) => happened switch
    {
        "missing" => "alert.missing",
        "self" => "srebot.self",
        "test" => "srebot.test",
        _ => $"incident.{happened}",
    };

    /// <summary>The facts, with whole addresses.</summary>
    internal sealed record Fields
    {
        public required string Event { get; init; }

        /// <summary>Of the incident, from its first notification to its last.</summary>
        public required string Key { get; init; }

        /// <summary>Rises with each notification of one key.</summary>
        public required long Sequence { get; init; }
        public required string Title { get; init; }
        public required string Severity { get; init; }
        public string? Status { get; init; }
        public required IReadOnlyList<string> Projects { get; init; }
        public string? Alert { get; init; }
        public string? Server { get; init; }
        public DateTimeOffset? StartedAt { get; init; }
        public required DateTimeOffset At { get; init; }
        public string? Finding { get; init; }
        public string? RunbookUrl { get; init; }
        public string? TicketUrl { get; init; }
        public string? Page { get; init; }
        public required IReadOnlyList<string> Kept { get; init; }
    }
}
