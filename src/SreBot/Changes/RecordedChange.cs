namespace SreBot.Changes;

/// <summary>A change as it is kept.</summary>
/// <param name="Projects">That it touches and the caller sees.</param>
/// <param name="IsNew">False when it had been recorded before.</param>
internal sealed record RecordedChange(string Id, DateTimeOffset At, string Kind, string Service, string Version, string Title, string Who, string Link, IReadOnlyList<string> Projects, bool IsNew)
{
    /// <summary>The same event, however often and with whatever time it is reported.</summary>
    public bool IsAlso(ChangeDraft draft) => Kind == draft.Kind && Service == draft.Service && Version == draft.Version;
}
