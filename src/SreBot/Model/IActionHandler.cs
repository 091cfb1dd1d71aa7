using SreBot.Adapters.Chat;

namespace SreBot.Model;

/// <summary>What a button does.</summary>
internal interface IActionHandler
{
    /// <summary><see cref="ReplyButton.Verb"/>, such as <c>incident.acknowledge</c>.</summary>
    string Verb { get; }

    /// <returns>What the person who clicked sees; what everyone sees changes through the outbox.</returns>
    /// <exception cref="SreException">Its message is the answer.</exception>
    Task<ChatReply> HandleAsync(string value, Caller caller, CancellationToken cancel);
}
