using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Delivery.Http;

/// <summary>Sends one SMS for what a person must know at night, through an HTTP service in Twilio's form.</summary>
internal sealed class SmsNotifier(IOptions<SmsOptions> options, PublicAddress links, TimeProvider time) : INotifier, IDisposable
{
    private readonly HttpRoad road = new(new SocketsHttpHandler(), time);

    public NotifyTargetKind Kind => NotifyTargetKind.Sms;

    public bool Tells(NotifyFacts facts) => facts.Event is "opened" or "repeated" or "escalated" or "resolved" or "self" or "test";

    public async Task<OutboxOutcome> SendAsync(Notification notification, CancellationToken cancel)
    {
        var sms = options.Value;
        if (!sms.IsSet)
        {
            return new OutboxOutcome.GaveUp("SMS is not set up; it takes Sms:Account, Sms:Token and Sms:From.");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, sms.Url.Replace("{account}", Uri.EscapeDataString(sms.Account!), StringComparison.Ordinal))
        {
            Content = new FormUrlEncodedContent([new("To", notification.Receiver.Address), new("From", sms.From), new("Body", Text(notification.Facts, links))]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{sms.Account}:{sms.Token}")));
        request.Headers.Add("idempotency-key", notification.Key);
        return await road.PostAsync(request, notification.Receiver.Target, cancel);
    }

    public void Dispose() => road.Dispose();

    /// <summary>With the page's address where both fit: a cut address leads nowhere.</summary>
    public static string Text(NotifyFacts facts, PublicAddress links)
    {
        var said = facts.Event is "self" or "test" ? $"SreBot: {facts.Title}" : $"{facts.Key} {facts.Event} ({facts.Severity}): {facts.Title}";
        var linked = facts.Page is { } page ? SmsText.Fit($"{said} {links.Complete(page)}") : "";
        return facts.Page is { } whole && linked.EndsWith(links.Complete(whole), StringComparison.Ordinal) ? linked : SmsText.Fit(said);
    }
}
