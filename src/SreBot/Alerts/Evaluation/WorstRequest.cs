namespace SreBot.Alerts.Evaluation;

/// <summary>The request that stands for an episode.</summary>
internal sealed record WorstRequest(string RequestId, string ServerId);
