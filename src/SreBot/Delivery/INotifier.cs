using SreBot.Model;

namespace SreBot.Delivery;

/// <summary>The road to receivers of one kind that are not a chat.</summary>
internal interface INotifier
{
    NotifyTargetKind Kind { get; }

    /// <summary>Whether receivers of this kind are told of such an event at all; what they are not told counts as delivered.</summary>
    bool Tells(NotifyFacts facts);

    /// <summary>May be called again for the same notification: the key is the same then.</summary>
    Task<OutboxOutcome> SendAsync(Notification notification, CancellationToken cancel);
}
