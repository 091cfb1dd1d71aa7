namespace SreBot.Alerts.Evaluation;

/// <summary>An alert of SreBot on itself begins or ends.</summary>
/// <param name="Id">Null: it begins.</param>
/// <param name="Since">When what it is about began.</param>
/// <param name="Skipped">Minutes that are not evaluated at all, of <see cref="SelfAlertKind.EvaluationBehind"/>.</param>
internal sealed record SelfAlertChange(long OrganizationId, Guid? Id, SelfAlertKind Kind, DateTimeOffset Since, int Skipped = 0);
