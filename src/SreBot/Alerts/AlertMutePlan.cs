namespace SreBot.Alerts;

/// <summary>A mute that waits for its click.</summary>
/// <param name="Time">From the click on.</param>
internal sealed record AlertMutePlan(Guid AlertId, string Name, TimeSpan Time);
