namespace SreBot.Alerts.Evaluation;

/// <summary>What SreBot alerts on about itself.</summary>
internal enum SelfAlertKind { IngestStopped, EvaluationBehind }
