using SreBot.Adapters.Chat;

namespace SreBot.Incidents;

/// <summary>Why an incident's message changes.</summary>
/// <param name="Event">As in <see cref="Model.NotifyFacts.Event"/>.</param>
/// <param name="Change">What to say in the message's thread; null: the message alone changes.</param>
internal sealed record IncidentNotice(string Event, DateTimeOffset At, ChatReply? Change)
{
    public IncidentNotice(string @event, DateTimeOffset at, string sentence)
        : this(@event, at, ChatReply.Of(sentence))
    {
    }

    /// <summary>It rests on the whole incident, so that whoever sees only a part of a storm is not told.</summary>
    public bool IsOfTheWhole => Event is "diagnosed" or "kept";
}
