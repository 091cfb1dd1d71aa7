namespace SreBot.Alerts.Subscriptions;

/// <summary>A rule that a person is told of, and where.</summary>
internal sealed record Subscription
{
    public string Alert { get; init; } = "";
    public string Target { get; init; } = "";
}
