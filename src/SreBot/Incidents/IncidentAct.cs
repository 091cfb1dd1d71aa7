using System.Globalization;
using SreBot.Model;

namespace SreBot.Incidents;

/// <summary>What a person does to an incident. Pure: who and when come in, the incident and the sentence come out.</summary>
internal abstract record IncidentAct
{
    private const int LongestUrl = 500;

    /// <summary>A snooze without an end lasts until the incident is resolved.</summary>
    public static readonly TimeSpan LongestSnooze = TimeSpan.FromDays(30);

    private IncidentAct() { }

    /// <summary>Stops repeats and escalation until the next episode.</summary>
    public sealed record Acknowledge : IncidentAct;

    public sealed record Resolve : IncidentAct;

    /// <param name="Time">From now on; null: until it is resolved.</param>
    public sealed record Snooze(TimeSpan? Time) : IncidentAct;

    public sealed record Wake : IncidentAct;

    /// <param name="Url">Null takes the ticket away.</param>
    public sealed record Ticket(string? Url) : IncidentAct;

    /// <summary>What only some may do, as <c>Only an sre or an admin may …</c> goes on.</summary>
    public string Right => this switch
    {
        Acknowledge => "acknowledge incidents",
        Resolve => "resolve incidents",
        Snooze or Wake => "snooze incidents",
        _ => "tie incidents to tickets",
    };

    /// <summary>As in <see cref="NotifyFacts.Event"/>.</summary>
    public string Event => this switch { Acknowledge => "acknowledged", Resolve => "resolved", Snooze => "snoozed", _ => "changed" };

    /// <returns>Null for the incident: nothing changes.</returns>
    /// <exception cref="SreException">Invalid, saying what would be right.</exception>
    public (Incident? Changed, string Sentence) On(Incident incident, string who, DateTimeOffset now) => (this, incident) switch
    {
        (Ticket ticket, _) => Tie(incident, ticket.Url, who),
        (Resolve, { IsResolved: true }) => (null, $"{incident.Number} was resolved already by {incident.ResolvedBy}, {IncidentMessage.Time(incident.ResolvedAt!.Value)}."),
        (_, { IsResolved: true }) => (null, $"{incident.Number} is resolved already."),
        (Acknowledge, { AcknowledgedAt: { } at }) => (null, $"{incident.Number} was acknowledged already by {incident.AcknowledgedBy}, {IncidentMessage.Time(at)}."),
        (Acknowledge, _) => (incident with { Status = "acknowledged", AcknowledgedAt = now.UtcDateTime, AcknowledgedBy = who }, $"{incident.Number} is acknowledged by {who}."),
        (Resolve, _) => (incident with { Status = "resolved", ResolvedAt = now.UtcDateTime, ResolvedBy = who, SnoozedUntil = null, SnoozedBy = null }, $"{incident.Number} is resolved by {who}."),
        (Snooze snooze, _) => Put(incident, snooze.Time, who, now),
        (Wake, { SnoozedUntil: null }) => (null, $"{incident.Number} is not snoozed."),
        _ => (incident with { SnoozedUntil = null, SnoozedBy = null }, $"{incident.Number} is no longer snoozed: {who} ended it."),
    };

    private static (Incident?, string) Put(Incident incident, TimeSpan? time, string who, DateTimeOffset now)
    {
        if (time is { } length && (length < TimeSpan.FromMinutes(1) || length > LongestSnooze))
        {
            throw new SreException(SreErrorKind.Invalid, $"A snooze lasts from 1 minute to {LongestSnooze.TotalDays:0} days; without a time it lasts until {incident.Number} is resolved.");
        }

        var until = time is { } span ? Seconds(now + span) : DateTime.MaxValue;
        return incident.SnoozedUntil == until
            ? (null, $"{incident.Number} is snoozed already by {incident.SnoozedBy}, {IncidentMessage.Until(until)}.")
            : (incident with { SnoozedUntil = until, SnoozedBy = who }, $"{incident.Number} is snoozed by {who}, {IncidentMessage.Until(until)}.");
    }

    /// <summary>PostgreSQL keeps microseconds, and the end is compared later.</summary>
    private static DateTime Seconds(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);

    private static (Incident?, string) Tie(Incident incident, string? url, string who)
    {
        if (url is not null && (url.Length > LongestUrl || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")))
        {
            throw new SreException(SreErrorKind.Invalid, $"A ticket is a web address of at most {LongestUrl} characters, such as https://tickets.example/OPS-7.");
        }

        return (url, incident.TicketUrl) switch
        {
            _ when url == incident.TicketUrl => (null, url is null ? $"{incident.Number} has no ticket." : $"{incident.Number} has that ticket already."),
            (null, _) => (incident with { TicketUrl = null }, $"{incident.Number} has no ticket any more: {who} took it away."),
            _ => (incident with { TicketUrl = url }, string.Create(CultureInfo.InvariantCulture, $"{incident.Number} has a ticket now: {url}")),
        };
    }
}
