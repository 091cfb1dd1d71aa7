using System.Collections.Concurrent;
using System.Threading.Channels;

namespace SreBot.Adapters.Web;

/// <summary>Wakes this process's open streams. Losing a signal costs one <see cref="WebConsoleOptions.Poll"/> and nothing else.</summary>
internal sealed class WebSignals
{
    private readonly ConcurrentDictionary<Subscription, (string Workspace, string Channel)> subscriptions = new();

    public Subscription Subscribe(string workspace, string channel)
    {
        var subscription = new Subscription(this);
        subscriptions[subscription] = (workspace, channel);
        return subscription;
    }

    public void Publish(string workspace, string channel, WebSignal signal)
    {
        foreach (var (subscription, place) in subscriptions)
        {
            if (place == (workspace, channel))
                subscription.Write(signal);
        }
    }

    /// <summary>One open page; a slow one loses its oldest signals.</summary>
    internal sealed class Subscription(WebSignals owner) : IDisposable
    {
        private readonly Channel<WebSignal> signals = Channel.CreateBounded<WebSignal>(new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropOldest });

        public void Write(WebSignal signal) => signals.Writer.TryWrite(signal);

        public IAsyncEnumerable<WebSignal> ReadAllAsync(CancellationToken cancel) => signals.Reader.ReadAllAsync(cancel);

        public void Dispose() => owner.subscriptions.TryRemove(this, out _);
    }
}
