namespace SreBot.Adapters.Slack;

/// <summary>Whether the bot may act in a workspace.</summary>
internal abstract record SlackAccess
{
    private SlackAccess() { }

    public sealed record Token(string Value) : SlackAccess
    {
        /// <summary>Keeps it out of logs.</summary>
        public override string ToString() => nameof(Token);
    }

    /// <param name="Why"><see cref="SlackResult.Refused"/> or <see cref="SlackResult.Unavailable"/>.</param>
    public sealed record None(SlackResult Why) : SlackAccess;
}
