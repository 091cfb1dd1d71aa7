namespace SreBot.Investigations.Export;

/// <summary>The formats' names.</summary>
internal static class ExportFormats
{
    /// <summary>By what people call it, or a file's ending: <c>notebook</c>, <c>ipynb</c>, <c>html</c>, <c>markdown</c>, <c>md</c>; null for anything else.</summary>
    public static ExportFormat? Find(string word) => word.ToLowerInvariant() switch
    {
        "notebook" or "ipynb" or "jupyter" => ExportFormat.Notebook,
        "html" => ExportFormat.Html,
        "markdown" or "md" => ExportFormat.Markdown,
        _ => null,
    };

    /// <summary>The file's ending.</summary>
    public static string Ending(ExportFormat format) => format switch { ExportFormat.Notebook => "ipynb", ExportFormat.Html => "html", _ => "md" };

    public static string Title(ExportFormat format) => format switch { ExportFormat.Notebook => "Jupyter notebook", ExportFormat.Html => "HTML page", _ => "Markdown file" };

    public static string ContentType(ExportFormat format) => format switch
    {
        ExportFormat.Notebook => "application/x-ipynb+json",
        ExportFormat.Html => "text/html; charset=utf-8",
        _ => "text/markdown; charset=utf-8",
    };
}
