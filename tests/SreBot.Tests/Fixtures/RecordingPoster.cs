using System.Collections.Concurrent;
using SreBot.Adapters.Chat;

namespace SreBot.Tests.Fixtures;

/// <summary>A chat platform that keeps what it was sent, and fails as it is told to.</summary>
internal sealed class RecordingPoster(string platform = "slack") : IChatPoster
{
    private readonly ConcurrentQueue<(PostOutcome Outcome, bool Arrives)> script = new();
    private int posted;

    public string Platform => platform;

    /// <summary>Messages and thread replies, in the order in which they arrived.</summary>
    public List<PostedReply> Messages { get; } = [];

    /// <summary>Edits, as (message id, text).</summary>
    public List<(string MessageId, string Summary)> Updates { get; } = [];

    public IEnumerable<string> Channel => Messages.Where(message => message.Address.Thread is null).Select(message => message.Summary);

    public IEnumerable<string> Thread => Messages.Where(message => message.Address.Thread is not null).Select(message => message.Summary);

    /// <summary>The next call comes to this; <paramref name="arrives"/>: the message is there all the same.</summary>
    public void Next(PostOutcome outcome, bool arrives = false) => script.Enqueue((outcome, arrives));

    public Task<PostOutcome> PostAsync(ChatAddress address, ChatReply reply, string key, CancellationToken cancel)
    {
        var hasFault = script.TryDequeue(out var fault);
        if (hasFault && !fault.Arrives)
        {
            return Task.FromResult(fault.Outcome);
        }

        lock (Messages)
        {
            var message = new PostedReply($"m{++posted}", address, key, reply.Summary);
            Messages.Add(message);
            return Task.FromResult(hasFault ? fault.Outcome : new PostOutcome.Posted(message.Id));
        }
    }

    public Task<PostOutcome> UpdateAsync(ChatAddress address, string messageId, ChatReply reply, CancellationToken cancel)
    {
        if (script.TryDequeue(out var fault))
        {
            return Task.FromResult(fault.Outcome);
        }

        lock (Updates)
        {
            Updates.Add((messageId, reply.Summary));
        }

        return Task.FromResult<PostOutcome>(new PostOutcome.Posted(messageId));
    }

    public Task<PostOutcome> PostPrivateAsync(ChatAddress address, ChatUser user, ChatReply reply, string key, CancellationToken cancel) => PostAsync(address, reply, key, cancel);

    public Task<string?> FindAsync(ChatAddress address, string key, DateTimeOffset since, CancellationToken cancel)
    {
        lock (Messages)
        {
            return Task.FromResult(Messages.FirstOrDefault(message => message.Key == key && message.Address == address)?.Id);
        }
    }

    public Task ShowProgressAsync(ChatAddress address, string text, CancellationToken cancel) => Task.CompletedTask;
}
