using System.ComponentModel;
using SreBot.Adapters.Chat;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Changes;

/// <summary>The tool <c>recent_changes</c>.</summary>
internal sealed class RecentChanges(ToolContext context, WindowReader windows)
{
    private const int MostShown = 20;
    private const int MostWeighed = 10;

    public async Task<ToolResult> RecentChangesAsync(
        [Description("when, such as: last 2 hours; since 14:00; yesterday; the last 24 hours when left out")] string? window = null,
        [Description("one service, such as checkout; all when left out")] string? service = null,
        CancellationToken cancel = default)
    {
        var named = await windows.ResolveAsync(context, string.IsNullOrWhiteSpace(window) ? "last 24 hours" : window, null, cancel);
        var when = named.Window;
        var name = string.IsNullOrWhiteSpace(service) ? null : service.Trim();
        context.Progress.Report("Looking up deploys and other changes");
        var found = await ChangeLookup.ReadAsync(context, when, name, null, cancel);
        var changes = ChangeLookup.Read(found.Table).Take(MostShown).ToList();
        if (changes.Count == 0)
            return Nothing(found, when, name);

        var weighed = changes.Take(MostWeighed).ToList();
        context.Progress.Report("Comparing the requests before and after each change");
        var moved = await context.Steps.ReadAsync("Error rate, latency and requests of each change's service before and after it", context.Scope, ChangeEffects.Query(weighed, context.Now), cancel);
        var effects = weighed.Select((change, i) => ChangeEffects.Read(moved.Table, i, change, context.Now)).ToList();
        var summary = Summary(found.Table.Rows.Count, when, name, changes[0], effects[0]);
        found.Conclusion = summary;
        moved.Conclusion = $"{effects.Count(effect => effect.Moves.Count > 0)} of {effects.Count} changes were followed by a move.";
        return new ToolResult(summary,
            [
                new ReplySection { Paragraphs = [summary] },
                Table(changes, effects),
                new ReplySection { IsNote = true, Paragraphs = ["What moved after a change need not have moved because of it; ask why to have it held against everything else."] },
                .. Buttons(changes, effects),
                StepLinks.Source(context.Steps, found, moved),
            ],
            new { from = Figures.Time(when.From), to = Figures.Time(when.To), count = found.Table.Rows.Count, changes = changes.Select((change, i) => Fact(change, effects.ElementAtOrDefault(i))) });
    }

    private ToolResult Nothing(RecordedStep found, TimeWindow when, string? service)
    {
        var summary = $"No deploy or other change{(service is null ? "" : $" of {service}")} is recorded from {Figures.Window(when.From, when.To)}; report one with: deploy checkout v42, or POST /changes.";
        found.Conclusion = summary;
        return new ToolResult(summary, [new ReplySection { Paragraphs = [summary] }, StepLinks.Source(context.Steps, found)], new { from = Figures.Time(when.From), to = Figures.Time(when.To), count = 0 });
    }

    private static string Summary(int count, TimeWindow when, string? service, ChangeFacts newest, ChangeEffect effect) =>
        $"{(count == 1 ? "1 change" : $"{Figures.Whole(count)} changes")}{(service is null ? "" : $" of {service}")} from {Figures.Window(when.From, when.To)}; the newest is the {newest.Name} at {Figures.Time(newest.At)}{By(newest)}: {effect}.";

    private static string By(ChangeFacts change) => change.Who.Length > 0 ? $" by {change.Who}" : "";

    private static ReplyTable Table(List<ChangeFacts> changes, List<ChangeEffect> effects)
    {
        var hasLinks = changes.Exists(change => change.Link.Length > 0);
        var hasNotes = changes.Exists(change => change.Note.Length > 0);
        IEnumerable<string> Row(ChangeFacts change, int i)
        {
            yield return change.At.ToUniversalTime().ToString("yyyy-MM-dd HH:mm");
            yield return change.Kind;
            yield return change.Service;
            yield return change.Version;
            if (hasNotes)
                yield return change.Note;
            yield return change.Who;
            yield return effects.ElementAtOrDefault(i)?.ToString() ?? "not compared";
            if (hasLinks)
                yield return change.Link;
        }

        IEnumerable<string> columns = ["Time (UTC)", "Kind", "Service", "Version", .. hasNotes ? ["Title"] : Array.Empty<string>(), "Who", "What followed", .. hasLinks ? ["Link"] : Array.Empty<string>()];
        return new ReplyTable("Changes, newest first", [.. columns], [.. changes.Select((change, i) => (IReadOnlyList<string>)[.. Row(change, i)])], []);
    }

    /// <summary>For the newest change that something followed.</summary>
    private static IEnumerable<ReplyBlock> Buttons(List<ChangeFacts> changes, List<ChangeEffect> effects)
    {
        var moved = effects.FindIndex(effect => effect.Moves.Count > 0);
        if (moved >= 0 && $"What is wrong with service {changes[moved].Service}?" is { Length: <= 75 } question)
            yield return new ReplyButtons([new ReplyButton(question, "ask", question)]);
    }

    private static object Fact(ChangeFacts change, ChangeEffect? effect) =>
        new { at = Figures.Time(change.At), change.Kind, change.Service, change.Version, change.Title, change.Who, change.Link, followed = effect?.ToString() ?? "not compared" };
}
