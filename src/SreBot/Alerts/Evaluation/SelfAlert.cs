namespace SreBot.Alerts.Evaluation;

/// <summary>An alert of SreBot on itself that is open.</summary>
internal sealed record SelfAlert(long OrganizationId, Guid Id, SelfAlertKind Kind, DateTimeOffset Since);
