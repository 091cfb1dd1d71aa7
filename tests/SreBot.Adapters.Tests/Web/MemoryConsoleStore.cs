using SreBot.Adapters.Chat;
using SreBot.Adapters.Web;

namespace SreBot.Adapters.Tests.Web;

/// <summary>The store's contract in memory.</summary>
internal sealed class MemoryConsoleStore(TimeProvider time) : IWebConsoleStore
{
    private readonly Lock gate = new();
    private readonly List<(WebMessageDraft Draft, WebMessage Message)> rows = [];
    private long revision;

    public Task<WebMessage> AddAsync(WebMessageDraft draft, CancellationToken cancel)
    {
        lock (gate)
        {
            var known = rows.Find(row => draft.Key is not null && row.Draft.Key == draft.Key && row.Draft.Workspace == draft.Workspace && row.Draft.Channel == draft.Channel);
            if (known.Message is not null)
                return Task.FromResult(known.Message);
            var message = new WebMessage(rows.Count + 1, draft.Channel, draft.ThreadId, draft.Author, draft.IsBot, draft.Text, draft.Reply, ++revision, time.GetUtcNow(), null);
            rows.Add((draft, message));
            return Task.FromResult(message);
        }
    }

    public Task UpdateAsync(string workspace, long id, ChatReply reply, CancellationToken cancel)
    {
        lock (gate)
        {
            var index = rows.FindIndex(row => row.Draft.Workspace == workspace && row.Message.Id == id);
            if (index >= 0)
                rows[index] = (rows[index].Draft, rows[index].Message with { Text = reply.Summary, Reply = reply, Revision = ++revision, EditedAt = time.GetUtcNow() });
        }
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<WebMessage>> ReadAsync(WebVisitor visitor, string channel, long afterRevision, int limit, CancellationToken cancel)
    {
        lock (gate)
        {
            var visible = rows
                .Where(row => row.Draft.Workspace == visitor.User.Workspace && row.Draft.Channel == channel && (row.Draft.PrivateTo is null || row.Draft.PrivateTo == visitor.User.Id))
                .Select(row => row.Message)
                .Where(message => message.Revision > afterRevision)
                .OrderBy(message => message.Revision);
            return Task.FromResult<IReadOnlyList<WebMessage>>([.. afterRevision == 0 ? visible.TakeLast(limit) : visible.Take(limit)]);
        }
    }

    public Task<WebMessage?> FindAsync(string workspace, string channel, string key, CancellationToken cancel)
    {
        lock (gate)
            return Task.FromResult<WebMessage?>(rows.Find(row => row.Draft.Workspace == workspace && row.Draft.Channel == channel && row.Draft.Key == key).Message);
    }
}
