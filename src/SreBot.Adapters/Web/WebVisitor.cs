using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Web;

/// <summary>A person at the console.</summary>
/// <param name="User"><see cref="ChatUser.Workspace"/> is the organization's slug, <see cref="ChatUser.Id"/> the principal's id.</param>
/// <param name="Channels">What they may open, in the order of the list; the first is opened first.</param>
public sealed record WebVisitor(ChatUser User, string OrganizationName, bool IsDemo, IReadOnlyList<string> Channels);
