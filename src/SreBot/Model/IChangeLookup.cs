namespace SreBot.Model;

/// <summary>Deploys and other changes, for features that do not own them; answered by <c>Changes</c>.</summary>
internal interface IChangeLookup
{
    /// <summary>Newest first, an event once however many projects it touches; the read is a step of the question.</summary>
    /// <param name="service">Null: of any service.</param>
    /// <param name="version">Null: of any version.</param>
    Task<IReadOnlyList<ChangeFacts>> FindAsync(ToolContext context, TimeWindow window, string? service, string? version, CancellationToken cancel);
}
