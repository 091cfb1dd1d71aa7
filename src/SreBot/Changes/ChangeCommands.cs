using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Changes;

/// <summary>The commands <c>change config|flag SERVICE WHAT …</c>.</summary>
internal sealed class ChangeCommands(ChangeStore changes, TimeProvider time) : ICommandHandler
{
    public string Verb => "change";

    public IReadOnlyList<string> Examples => ChangeGrammar.ChangeExamples;

    public bool Means(string text) => ChangeGrammar.IsChange(text.Trim());

    public async Task<ChatReply> HandleAsync(string text, Caller caller, CancellationToken cancel) =>
        ChangeReplies.Recorded(await changes.RecordAsync(caller.Scope, caller.Principal.Name, ChangeGrammar.ParseChange(text, time.GetUtcNow()), cancel));
}
