namespace SreBot.Investigations.Export;

/// <summary>What an investigation is exported as.</summary>
internal enum ExportFormat
{
    /// <summary>A Jupyter notebook, nbformat 4.5.</summary>
    Notebook,

    /// <summary>One page that needs nothing beside it.</summary>
    Html,

    Markdown,
}
