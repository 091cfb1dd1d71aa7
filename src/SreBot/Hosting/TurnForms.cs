using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Hosting;

/// <summary>Which turns are answered with a form.</summary>
internal sealed class TurnForms(IEnumerable<ICommandHandler> commands, IEnumerable<IActionHandler> actions)
{
    /// <summary>The form that the turn asks for; null: none.</summary>
    public ChatAction? Wanted(ChatTurn turn) => turn switch
    {
        { Action: { Fields: null } action } => actions.OfType<IFormHandler>().Any(handler => handler.Verb == action.Verb) ? action : null,
        { Kind: ChatTurnKind.Command, Command: { } name } => OfCommand(name, turn.Text),
        { Kind: ChatTurnKind.Message } when turn.Text.Trim().Split(' ', 2) is [var word, .. var rest] && word.StartsWith("/sre-", StringComparison.OrdinalIgnoreCase) => OfCommand(word[1..].ToLowerInvariant(), string.Concat(rest)),
        _ => null,
    };

    /// <param name="name">Such as <c>sre-alert</c>; written out where the platform has no commands.</param>
    private ChatAction? OfCommand(string name, string text) => name.Split('-', 2) is [_, var verb] ? commands.FirstOrDefault(handler => handler.Verb == verb)?.Form(text.Trim()) : null;
}
