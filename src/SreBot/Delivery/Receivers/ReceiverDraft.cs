namespace SreBot.Delivery.Receivers;

/// <summary>A receiver as an admin wrote it.</summary>
/// <param name="Address">Of a webhook its URL; of PagerDuty its events URL; null: as the target says, or PagerDuty's own.</param>
/// <param name="Key">PagerDuty's routing key; null for the others.</param>
/// <param name="Projects">May be told of these; empty: of all.</param>
internal sealed record ReceiverDraft(NotifyTarget Target, string? Address, string? Key, IReadOnlyList<string> Projects);
