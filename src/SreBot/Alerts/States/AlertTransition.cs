namespace SreBot.Alerts.States;

/// <summary>A change of phase.</summary>
/// <param name="Notifies">People are told of it.</param>
internal sealed record AlertTransition(AlertPhase From, AlertPhase To, bool Notifies);
