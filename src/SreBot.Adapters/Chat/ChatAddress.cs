namespace SreBot.Adapters.Chat;

/// <summary>A place to post: a channel, or a thread in it.</summary>
/// <param name="Platform"><c>slack</c>, <c>teams</c> or <c>web</c>.</param>
/// <param name="Workspace">Slack team id, Teams tenant id, or the console's organization slug.</param>
/// <param name="Channel">The platform's own channel or conversation id, without a thread part.</param>
/// <param name="Thread">The platform's id of the message that the thread hangs on; null: the channel itself.</param>
public sealed record ChatAddress(string Platform, string Workspace, string Channel, string? Thread = null)
{
    /// <summary>The channel as one word, such as <c>slack:T01/C02</c>; <see cref="Parse"/> reads it back. The thread is not in it.</summary>
    public string ToTarget() => $"{Platform}:{Workspace}/{Channel}";

    /// <summary>The thread as one word, such as <c>slack:T01/C02/1700000000.000100</c>; a channel's ends in the slash.</summary>
    public string ToConversation() => $"{ToTarget()}/{Thread}";

    /// <summary>Reads what <see cref="ToTarget"/> wrote.</summary>
    /// <exception cref="FormatException">The text has no <c>platform:workspace/channel</c> form.</exception>
    public static ChatAddress Parse(string target)
    {
        var colon = target.IndexOf(':', StringComparison.Ordinal);
        var slash = target.IndexOf('/', colon + 1);
        return colon > 0 && slash > colon
            ? new(target[..colon], target[(colon + 1)..slash], target[(slash + 1)..])
            : throw new FormatException($"'{target}' is not a channel of the form platform:workspace/channel.");
    }
}
