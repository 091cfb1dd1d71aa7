namespace SreBot.Model;

/// <summary>What a notification is about, for receivers that are not a chat.</summary>
internal sealed record NotifyFacts
{
    /// <summary><c>opened</c>, <c>diagnosed</c>, <c>acknowledged</c>, <c>snoozed</c>, <c>repeated</c>, <c>escalated</c>, <c>changed</c>, <c>resolved</c>, <c>kept</c> (its exports were
    /// kept), or, without an incident, <c>missing</c> (no data, or a query that fails), <c>self</c> (SreBot's alerts on
    /// itself) and <c>test</c>.</summary>
    public required string Event { get; init; }

    /// <summary>Names the subject at the receiver from the first notification to the last: <c>INC-42</c>.</summary>
    public required string Key { get; init; }

    /// <summary>In one sentence.</summary>
    public required string Title { get; init; }

    /// <summary><c>info</c>, <c>warning</c> or <c>critical</c>.</summary>
    public required string Severity { get; init; }

    /// <summary>Of the incident; empty without one.</summary>
    public string Status { get; init; } = "";
    public IReadOnlyList<string> Projects { get; init; } = [];
    public string? Alert { get; init; }
    public string? Server { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The first diagnosis in one sentence; null before it is there.</summary>
    public string? Finding { get; init; }
    public string? RunbookUrl { get; init; }
    public string? TicketUrl { get; init; }

    /// <summary>Paths on SreBot's own address: its page, and what was kept of it.</summary>
    public string? Page { get; init; }
    public IReadOnlyList<string> Kept { get; init; } = [];
}
