using SreBot.Adapters.Chat;

namespace SreBot.Replies;

/// <summary>A reply with other addresses behind its links, for a place where the old ones lead nowhere.</summary>
internal static class ReplyLinks
{
    public static ChatReply Map(ChatReply reply, Func<string, string> address) => reply with
    {
        Blocks = [.. reply.Blocks.Select(block => block is ReplySection section
            ? section with { Paragraphs = [.. section.Paragraphs.Select(text => Map(text, address))], Bullets = [.. section.Bullets.Select(text => Map(text, address))] }
            : block)],
    };

    private static ReplyText Map(ReplyText text, Func<string, string> address) => new([.. text.Runs.Select(run => run.Url is { } url ? run with { Url = address(url) } : run)]);
}
