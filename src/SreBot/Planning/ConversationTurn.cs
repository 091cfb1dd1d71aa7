namespace SreBot.Planning;

/// <summary>What was asked, and the answer's one line.</summary>
internal sealed record ConversationTurn
{
    public required string Question { get; init; }
    public required string Answer { get; init; }
}
