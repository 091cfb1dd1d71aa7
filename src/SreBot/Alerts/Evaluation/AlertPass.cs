namespace SreBot.Alerts.Evaluation;

/// <summary>What one pass of the evaluator did.</summary>
/// <param name="Notices">Rows written to the outbox's road.</param>
internal sealed record AlertPass(int Ticks, int Notices)
{
    public static AlertPass Nothing { get; } = new(0, 0);
}
