using SreBot.Adapters.Chat;
using SreBot.Evidence;

namespace SreBot.Changes;

/// <summary>What a person is told of a change that was reported. Pure.</summary>
internal static class ChangeReplies
{
    public static ChatReply Recorded(RecordedChange change) =>
        ChatReply.Of($"{(change.IsNew ? "Recorded" : "Recorded already")}: {change.Title} at {Figures.Time(change.At)} by {change.Who}, for {string.Join(", ", change.Projects)}.");
}
