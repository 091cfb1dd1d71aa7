namespace SreBot.Delivery.Receivers;

/// <summary>A receiver that was added or changed.</summary>
/// <param name="Secret">A new webhook's signing key, this once; null otherwise.</param>
internal sealed record AddedReceiver(string Target, string Address, IReadOnlyList<string> Projects, bool IsNew, string? Secret);
