namespace SreBot.Adapters.Tests.Slack;

/// <summary>A call that reached the local Web API.</summary>
internal sealed record SlackCall(string Method, IReadOnlyDictionary<string, string> Arguments);
