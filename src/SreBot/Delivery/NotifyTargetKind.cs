namespace SreBot.Delivery;

/// <summary>The roads that a notification can take.</summary>
internal enum NotifyTargetKind { Chat, Email, Sms, Webhook, PagerDuty }
