namespace SreBot.Delivery.Http;

/// <summary>Settings <c>Webhooks:*</c>: what webhooks and other receivers by URL may reach.</summary>
internal sealed class WebhookOptions
{
    /// <summary>Also addresses that are not on the public internet: this machine, private networks, a cloud's metadata.</summary>
    public bool AllowPrivate { get; set; }

    /// <summary>Also http, which anyone on the way can read.</summary>
    public bool AllowPlain { get; set; }
}
