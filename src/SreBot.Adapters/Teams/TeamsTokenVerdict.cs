namespace SreBot.Adapters.Teams;

/// <summary>What came of a token.</summary>
internal abstract record TeamsTokenVerdict
{
    private TeamsTokenVerdict() { }

    /// <summary>The token is genuine; whether it speaks for the activity, <see cref="Covers"/> says.</summary>
    /// <param name="Channels">The channels that its key may speak for; null when the token is not the Bot Framework's.</param>
    /// <param name="ServiceUrl">The service that it speaks for; null when it names none.</param>
    public sealed record Accepted(IReadOnlyList<string>? Channels, string? ServiceUrl) : TeamsTokenVerdict
    {
        /// <summary>The channel is endorsed by the key and the service is the one the token names, letter case and a last slash aside.</summary>
        public bool Covers(TeamsActivity activity) =>
            activity is { ChannelId: { Length: > 0 } channel, ServiceUrl: { Length: > 0 } service }
            && (Channels is null || Channels.Contains(channel))
            && (ServiceUrl is null || ServiceUrl.TrimEnd('/').Equals(service.TrimEnd('/'), StringComparison.OrdinalIgnoreCase));
    }

    /// <param name="Why">For the log alone: a forger learns nothing.</param>
    public sealed record Refused(string Why) : TeamsTokenVerdict;
}
