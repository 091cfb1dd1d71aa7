using System.Globalization;
using System.Text.RegularExpressions;
using SreBot.Delivery;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Investigations.Export;

/// <summary>Finds the investigation that a person means, in their scope.</summary>
internal sealed partial class InvestigationFinder(StepStore steps, PostedMessages posted)
{
    private const string IncidentSubject = "incident:";

    /// <summary>Whether a word names an investigation: <c>INC-1</c>, an id, or the address of a page.</summary>
    public static bool IsName(string word) => Incident().IsMatch(word) || Id().IsMatch(word);

    /// <param name="name">See <see cref="IsName"/>.</param>
    /// <exception cref="SreException">NotFound, or Invalid for a name of another form.</exception>
    public async Task<InvestigationRecord> NamedAsync(AccessScope scope, string name, CancellationToken cancel)
    {
        if (Incident().Match(name.Trim()) is { Success: true } match && long.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var incident))
        {
            return await steps.FindLatestAsync(scope, incident, cancel)
                ?? throw new SreException(SreErrorKind.NotFound, $"I see no investigation of INC-{incident}; ask \"why is INC-{incident} slow?\" and export the answer from its thread.");
        }

        if (Id().Match(name) is not { Success: true } id)
            throw new SreException(SreErrorKind.Invalid, "An investigation is named by its incident, such as INC-1, by its id, or by the address of its page.");

        return await steps.FindAsync(scope, Guid.Parse(id.Value), cancel) ?? throw new SreException(SreErrorKind.NotFound, "There is no investigation with that id that you can see.");
    }

    /// <summary>The latest one of the caller's thread: asked in it, or made for the incident whose message it hangs on. Null when there is none.</summary>
    public async Task<InvestigationRecord?> HereAsync(Caller caller, CancellationToken cancel)
    {
        if (caller.Address is not { } address)
            return null;

        var asked = await steps.FindLatestAsync(caller.Scope, address.ToConversation(), cancel);
        var own = address.Thread is not null && await posted.FindSubjectAsync(caller.Scope, address, cancel) is { } subject && subject.StartsWith(IncidentSubject, StringComparison.Ordinal)
            && long.TryParse(subject[IncidentSubject.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var incident)
            ? await steps.FindLatestAsync(caller.Scope, incident, cancel)
            : null;
        return asked is null || own?.CreatedAt > asked.CreatedAt ? own : asked;
    }

    [GeneratedRegex(@"^INC-?(?<number>\d{1,18})$", RegexOptions.IgnoreCase)]
    private static partial Regex Incident();

    [GeneratedRegex(@"(?<![0-9a-f-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f-])", RegexOptions.IgnoreCase)]
    private static partial Regex Id();
}
