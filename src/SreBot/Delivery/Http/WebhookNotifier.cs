using System.Text;
using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Delivery.Http;

/// <summary>Posts every event to a URL, signed; the id is the same whenever the same notification comes again.</summary>
internal sealed class WebhookNotifier(OutsideDoor door, PublicAddress links, TimeProvider time) : INotifier, IDisposable
{
    private readonly HttpRoad road = new(new SocketsHttpHandler { UseProxy = false, ConnectCallback = door.ConnectAsync }, time); // a proxy would connect in its own place

    public NotifyTargetKind Kind => NotifyTargetKind.Webhook;

    public bool Tells(NotifyFacts facts) => true;

    public async Task<OutboxOutcome> SendAsync(Notification notification, CancellationToken cancel)
    {
        var address = new Uri(notification.Receiver.Address);
        if (door.Refusal(address) is { } refusal)
        {
            return new OutboxOutcome.GaveUp(refusal);
        }

        var body = WebhookBody.Write(notification, links);
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("user-agent", "SreBot");
        request.Headers.Add("webhook-id", notification.Key);
        request.Headers.Add("webhook-timestamp", $"{timestamp}");
        request.Headers.Add("webhook-signature", WebhookSignature.Of(notification.Receiver.Secret!, notification.Key, timestamp, body));
        return await road.PostAsync(request, notification.Receiver.Target, cancel);
    }

    public void Dispose() => road.Dispose();
}
