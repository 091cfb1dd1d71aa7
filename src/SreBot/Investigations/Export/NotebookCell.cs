using SreBot.Replies;

namespace SreBot.Investigations.Export;

/// <summary>A cell, in the terms of nbformat 4.5.</summary>
/// <param name="Key">Names it within the notebook; its id is a hash of it.</param>
internal sealed record NotebookCell(string Key, bool IsCode, string Source)
{
    /// <summary>Lines that it printed.</summary>
    public string? Printed { get; init; }

    /// <summary>What it displayed, each by content type.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Displayed { get; init; } = [];

    public static IReadOnlyDictionary<string, string> Picture(ChartPicture chart) => new Dictionary<string, string> { ["image/svg+xml"] = chart.Svg, ["text/plain"] = chart.Alternative };
}
