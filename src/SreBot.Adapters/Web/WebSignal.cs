namespace SreBot.Adapters.Web;

/// <summary>Something that the open pages of a channel should know at once.</summary>
/// <param name="Progress">What the bot is doing; null: messages are new or changed.</param>
/// <param name="Thread">The thread that the progress belongs to.</param>
/// <param name="IsTick">Nobody signalled: it is time to look.</param>
internal sealed record WebSignal(string? Progress, string? Thread, bool IsTick = false)
{
    public static readonly WebSignal Changed = new(null, null);

    /// <summary>Time to look for what other processes stored, and to show a silent connection that it lives.</summary>
    public static readonly WebSignal Tick = new(null, null, true);
}
