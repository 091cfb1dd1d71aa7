namespace SreBot.Alerts;

/// <summary>A command that waits for its click.</summary>
/// <param name="Text">What follows <c>alert</c>.</param>
internal sealed record AlertCommandPlan(string Text);
