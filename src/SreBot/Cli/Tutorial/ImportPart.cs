namespace SreBot.Cli.Tutorial;

/// <summary>A file as the table <c>import</c> knows it.</summary>
internal sealed record ImportPart(string Kind, byte[] Hash, int RowCount)
{
    public static ImportPart Of<T>(TutorialFile<T> file) => new(file.Kind, file.Hash, file.Rows.Count);
}
