using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Planning;

/// <summary>What a person wrote is a command when it starts like one (a grammar, no model), and a question for the planner otherwise.</summary>
internal sealed class TextRouter(IEnumerable<ICommandHandler> commands, Planner planner)
{
    private const string Explain = "explain";

    /// <summary>A slash command may be written out where the platform has none.</summary>
    /// <param name="thread">Names the conversation for follow-up questions; null: it is not remembered.</param>
    public Task<ChatReply> AnswerAsync(string text, Caller caller, string? thread, IProgress<string> progress, CancellationToken cancel)
    {
        var words = text.Trim().Split(' ', 2, StringSplitOptions.TrimEntries);
        var rest = words.Length == 2 ? words[1] : "";
        if (words[0].StartsWith("/sre-", StringComparison.OrdinalIgnoreCase))
            return CommandAsync(words[0][1..].ToLowerInvariant(), rest, caller, thread, progress, cancel);

        return commands.FirstOrDefault(handler => string.Equals(handler.Verb, words[0], StringComparison.OrdinalIgnoreCase) && handler.Means(rest)) is { } command
            ? command.HandleAsync(rest, caller, cancel)
            : planner.AnswerAsync(text, caller, thread, progress, cancel);
    }

    /// <summary>A slash command: <c>sre</c> asks, <c>sre-alert</c> is the command <c>alert</c>.</summary>
    /// <exception cref="SreException">NotFound, naming the known ones.</exception>
    public Task<ChatReply> CommandAsync(string name, string text, Caller caller, string? thread, IProgress<string> progress, CancellationToken cancel)
    {
        if (name.Split('-', 2) is not [_, var verb])
        {
            return AnswerAsync(text, caller, thread, progress, cancel);
        }

        var command = commands.FirstOrDefault(handler => handler.Verb == verb)
            ?? throw new SreException(SreErrorKind.NotFound, $"There is no command /{name}; there are /sre and {string.Join(", ", commands.Select(known => "/sre-" + known.Verb))}.");
        return command.HandleAsync(text.Trim(), caller, cancel);
    }

    /// <summary>What is behind a message, by whomever. Its words are a question, never a command.</summary>
    /// <param name="name">Of the menu's entry: <c>explain</c>.</param>
    /// <exception cref="SreException">NotFound for another entry.</exception>
    public Task<ChatReply> ExplainAsync(string name, string text, Caller caller, string? thread, IProgress<string> progress, CancellationToken cancel) => name == Explain
        ? planner.ExplainAsync(text, caller, thread, progress, cancel)
        : throw new SreException(SreErrorKind.NotFound, $"There is no '{name}' for messages; there is '{Explain}'.");
}
