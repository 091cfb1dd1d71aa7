using SreBot.Model;

namespace SreBot.Evidence;

/// <summary>A window, and how what was asked was read.</summary>
/// <param name="Note">Such as <c>since deploy of checkout v42 at 2026-03-01 10:30 UTC</c>; null when the window says it all.</param>
internal sealed record NamedWindow(TimeWindow Window, string? Note)
{
    /// <summary><c>2026-03-01 10:30 to 12:00 UTC (since deploy of checkout v42 …)</c>.</summary>
    public string Text => Figures.Window(Window.From, Window.To) + (Note is null ? "" : $" ({Note})");
}
