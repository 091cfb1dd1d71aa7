namespace SreBot.Model;

/// <summary>One recorded read.</summary>
/// <param name="Number">1 for the first of its investigation; its page is <c>/investigations/{id}#step-n</c>.</param>
/// <param name="Sql">The SQL that ran, or the name of the source in PostgreSQL.</param>
/// <param name="Parameters">As text, by name; with those of the scope.</param>
/// <param name="AsOf">When it was read.</param>
internal sealed record RecordedStep(int Number, string Question, string Sql, IReadOnlyDictionary<string, string> Parameters, DateTimeOffset AsOf, StepTable Table)
{
    /// <summary>One sentence on what the step showed; null when nothing was concluded from it.</summary>
    public string? Conclusion { get; set; }
}
