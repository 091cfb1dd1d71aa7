using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Web;

/// <summary>The console's messages, which this process must keep itself: no platform does it for us.</summary>
public interface IWebConsoleStore
{
    /// <summary>A known key in that workspace and channel returns the message that is there, unchanged.</summary>
    Task<WebMessage> AddAsync(WebMessageDraft draft, CancellationToken cancel);

    /// <summary>Edits in place: the message keeps its id and gets a new revision. An id that is not there changes nothing.</summary>
    Task UpdateAsync(string workspace, long id, ChatReply reply, CancellationToken cancel);

    /// <summary>The channel's messages, threads included, that are new or changed since that revision and that the visitor may see (private ones only their
    /// person); in the order of their revisions.</summary>
    /// <param name="afterRevision">0: the newest <paramref name="limit"/> messages.</param>
    Task<IReadOnlyList<WebMessage>> ReadAsync(WebVisitor visitor, string channel, long afterRevision, int limit, CancellationToken cancel);

    /// <summary>The message that was added under that key, or null.</summary>
    Task<WebMessage?> FindAsync(string workspace, string channel, string key, CancellationToken cancel);
}
