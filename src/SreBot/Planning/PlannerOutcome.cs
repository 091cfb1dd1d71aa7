namespace SreBot.Planning;

/// <summary>How a loop ended.</summary>
internal abstract record PlannerOutcome
{
    private PlannerOutcome() { }

    /// <param name="Prose">The client's last words; may be empty.</param>
    public sealed record Answered(string Prose, IReadOnlyList<ToolRun> Runs) : PlannerOutcome;

    /// <summary>The client gave no answer that can be used.</summary>
    /// <param name="Why">For the log.</param>
    public sealed record Failed(string Why, Exception? Error = null) : PlannerOutcome;
}
