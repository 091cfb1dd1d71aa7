using SreBot.Model;

namespace SreBot.Tests.Planning;

/// <summary>Changes in memory; each look is kept as a step.</summary>
internal sealed class KnownChanges : IChangeLookup
{
    public List<ChangeFacts> All { get; } = [];

    public async Task<IReadOnlyList<ChangeFacts>> FindAsync(ToolContext context, TimeWindow window, string? service, string? version, CancellationToken cancel)
    {
        List<ChangeFacts> found = [.. All.Where(change => change.At >= window.From && change.At < window.To && (service is null || change.Service == service) && (version is null || change.Version == version)).OrderByDescending(change => change.At)];
        await context.Steps.KeepAsync("Which changes there were", context.Scope, "a test's changes", new StepTable(["at", "title"], [.. found.Select(change => (IReadOnlyList<object?>)[change.At, change.Title])]), cancel);
        return found;
    }
}
