namespace SreBot.Adapters.Slack;

/// <summary>What to tell Slack about a delivery.</summary>
/// <param name="IsTaken">False: let Slack deliver it again.</param>
/// <param name="Text">Shown to the person at once, and to nobody else; null for nothing.</param>
internal sealed record SlackAcknowledgement(bool IsTaken, string? Text = null)
{
    public static readonly SlackAcknowledgement Taken = new(true);
    public static readonly SlackAcknowledgement Again = new(false);
}
