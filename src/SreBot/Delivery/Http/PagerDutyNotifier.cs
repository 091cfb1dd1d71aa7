using System.Text;
using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Delivery.Http;

/// <summary>Opens, acknowledges and resolves at PagerDuty; all events of one incident have one key there, so that none opens twice.</summary>
internal sealed class PagerDutyNotifier(OutsideDoor door, PublicAddress links, TimeProvider time) : INotifier, IDisposable
{
    public const string Address = "https://events.pagerduty.com/v2/enqueue";

    private readonly HttpRoad road = new(new SocketsHttpHandler { UseProxy = false, ConnectCallback = door.ConnectAsync }, time);

    public NotifyTargetKind Kind => NotifyTargetKind.PagerDuty;

    public bool Tells(NotifyFacts facts) => PagerDutyEvent.Action(facts) is not null;

    public async Task<OutboxOutcome> SendAsync(Notification notification, CancellationToken cancel)
    {
        if (notification.IsOvertaken)
        {
            return new OutboxOutcome.Superseded(); // PagerDuty keeps how things stand, and knows better by now
        }

        var address = new Uri(notification.Receiver.Address);
        if (door.Refusal(address) is { } refusal)
        {
            return new OutboxOutcome.GaveUp(refusal);
        }

        var body = PagerDutyEvent.Write(notification, PagerDutyEvent.Action(notification.Facts)!, links);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        return await road.PostAsync(request, notification.Receiver.Target, cancel);
    }

    public void Dispose() => road.Dispose();
}
