namespace SreBot.Alerts.States;

/// <summary>Where a rule, or one group of it, stands.</summary>
internal enum AlertPhase { Resolved, Pending, Triggered, Cooldown, NoData, Error }
