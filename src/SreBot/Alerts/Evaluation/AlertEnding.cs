namespace SreBot.Alerts.Evaluation;

/// <summary>What a rule, or one group of it, had open when its condition was edited, or it was disabled or deleted.</summary>
/// <param name="EpisodeId">Null: no episode was open.</param>
/// <param name="Phase">As the tables write it.</param>
/// <param name="Why"><c>edited</c>, <c>disabled</c> or <c>deleted</c>.</param>
/// <param name="RuleVersion">Of the state that ends.</param>
internal sealed record AlertEnding(long OrganizationId, Guid AlertId, string GroupKey, Guid? EpisodeId, string Phase, string Why, int RuleVersion);
