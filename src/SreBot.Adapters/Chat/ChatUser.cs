namespace SreBot.Adapters.Chat;

/// <summary>A person as the platform knows them.</summary>
/// <param name="Id">The platform's id: Slack <c>U…</c>, the Entra object id on Teams, the principal's id on the web console.</param>
/// <param name="Name">What to call them, when the platform said.</param>
public sealed record ChatUser(string Platform, string Workspace, string Id, string? Name = null);
