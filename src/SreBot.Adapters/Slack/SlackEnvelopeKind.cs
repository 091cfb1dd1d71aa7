namespace SreBot.Adapters.Slack;

/// <summary>What a delivery carries: Socket Mode names it, HTTP shows it by its content type and fields.</summary>
internal enum SlackEnvelopeKind { Event, Command, Interaction }
