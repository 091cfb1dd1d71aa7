namespace SreBot.Alerts.Rules;

/// <summary>Where a command cannot be read on.</summary>
/// <param name="Word">From 0 on.</param>
/// <param name="Count">How many words are wrong; none at the end of the command.</param>
/// <param name="Near">Words that may stand there.</param>
internal sealed record AlertMistake(int Word, int Count, IReadOnlyList<string> Near)
{
    /// <summary>What the wrong words probably should be.</summary>
    public IReadOnlyList<string> Forms { get; init; } = [];

    /// <summary>What helps when nothing near is found; null: an example.</summary>
    public string? Otherwise { get; init; }
}
