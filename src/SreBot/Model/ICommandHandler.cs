using SreBot.Adapters.Chat;

namespace SreBot.Model;

/// <summary>A feature's deterministic commands, the same on every surface: <c>alert list</c> in a mention is <c>/sre-alert list</c>.</summary>
internal interface ICommandHandler
{
    /// <summary>The first word, such as <c>alert</c>.</summary>
    string Verb { get; }

    /// <summary>One line an example, for help and for a mistake's answer.</summary>
    IReadOnlyList<string> Examples { get; }

    /// <summary>Whether a mention that starts with the verb means this command rather than a question: "alert list", not "alert 3 fired, why?".</summary>
    /// <param name="text">What follows the verb.</param>
    bool Means(string text)
    {
        var first = FirstWord(text);
        return first.Length == 0 || Examples.Any(example => string.Equals(FirstWord(example[Verb.Length..]), first, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The form to answer a slash command with that leaves everything to say; null: none, it is a command like any other.</summary>
    /// <param name="text">What follows the command.</param>
    ChatAction? Form(string text) => null;

    /// <param name="text">What follows the verb.</param>
    /// <exception cref="SreException">Its message is the answer.</exception>
    Task<ChatReply> HandleAsync(string text, Caller caller, CancellationToken cancel);

    private static string FirstWord(string text) => text.TrimStart().Split(' ', 2)[0];
}
