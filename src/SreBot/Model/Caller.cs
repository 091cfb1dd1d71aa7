using SreBot.Adapters.Chat;

namespace SreBot.Model;

/// <summary>Who does something, from where, and what they may see there.</summary>
/// <param name="Scope">The principal's own scope, or the channel's cut with it.</param>
/// <param name="Address">The channel or thread; null outside chat.</param>
/// <param name="User">The chat identity; null outside chat.</param>
internal sealed record Caller(Principal Principal, AccessScope Scope, ChatAddress? Address, ChatUser? User)
{
    /// <summary>The channels that the text names, with their targets, where the platform says them.</summary>
    public IReadOnlyDictionary<string, string> Channels { get; init; } = NoChannels;

    public static IReadOnlyDictionary<string, string> NoChannels { get; } = new Dictionary<string, string>();
}
