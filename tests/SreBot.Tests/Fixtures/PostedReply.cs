using SreBot.Adapters.Chat;

namespace SreBot.Tests.Fixtures;

/// <summary>What arrived.</summary>
internal sealed record PostedReply(string Id, ChatAddress Address, string Key, string Summary);
