namespace SreBot.Delivery.Receivers;

/// <summary>Where alerts may go outside chat, as an admin decided.</summary>
internal sealed record Receiver
{
    /// <summary>As <see cref="NotifyTarget"/> writes it.</summary>
    public string Target { get; init; } = "";

    /// <summary>The mail address, the number, the URL; of PagerDuty its events URL.</summary>
    public string Address { get; init; } = "";

    /// <summary>A webhook's signing key or PagerDuty's routing key; sealed as it comes from PostgreSQL. Null: it has none.</summary>
    public string? Secret { get; init; }

    /// <summary>May be told of these; empty: of all.</summary>
    public IReadOnlyList<string> Projects { get; init; } = [];
    public string CreatedBy { get; init; } = "";

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; init; }
}
