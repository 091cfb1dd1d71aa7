namespace SreBot.Evidence.Notes;

/// <summary>What a person wrote beside an investigation.</summary>
/// <param name="Text">As it was written, at most <see cref="NoteStore.MostCharacters"/>.</param>
internal sealed record InvestigationNote(string Author, string Text, DateTimeOffset At);
