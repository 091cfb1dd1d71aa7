namespace SreBot.Evidence.Notes;

/// <summary>A row of <c>investigation_note</c>.</summary>
internal sealed record NoteRow
{
    public string Author { get; init; } = "";
    public string Text { get; init; } = "";
    public DateTime At { get; init; }

    public InvestigationNote ToNote() => new(Author, Text, new DateTimeOffset(At));
}
