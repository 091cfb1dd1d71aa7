namespace SreBot.Alerts.Evaluation;

/// <summary>The right to evaluate a shard of the rules, until someone with a higher fence has it.</summary>
/// <param name="LastTick">The last tick that was committed; null before the first.</param>
internal sealed record AlertLease(int Shard, long Fence, DateTimeOffset? LastTick)
{
    /// <summary>When evaluation first began: the minutes before it are no delay. Null: there were none.</summary>
    public DateTimeOffset? BegunAt { get; init; }
}
