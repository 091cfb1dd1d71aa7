using SreBot.Adapters.Chat;

namespace SreBot.Model;

/// <summary>Outbox handler <c>notify</c>: show a subject's message on the row's target, editing the earlier one in place.</summary>
/// <param name="Message">The subject's message as it now stands.</param>
/// <param name="Change">What to say in the message's thread about this change; null on the first post.</param>
/// <param name="Projects">What it tells about: a channel that is not linked to all of them is not told. Null: a link to any will do.</param>
internal sealed record NotifyPayload(ChatReply Message, ChatReply? Change, IReadOnlyList<string>? Projects = null)
{
    /// <summary>For receivers that are not a chat; null: they get the message's text.</summary>
    public NotifyFacts? Facts { get; init; }

    /// <summary>What holds for all that it tells about: a person who may see no more than that is told in their own chat. Null: nothing is known.</summary>
    public IReadOnlyList<DimensionCondition>? Filter { get; init; }

    public const string Handler = "notify";
}
