using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Changes;

/// <summary>The command <c>deploy SERVICE VERSION …</c>.</summary>
internal sealed class DeployCommands(ChangeStore changes, TimeProvider time) : ICommandHandler
{
    public string Verb => "deploy";

    public IReadOnlyList<string> Examples => ChangeGrammar.DeployExamples;

    public bool Means(string text) => ChangeGrammar.IsDeploy(text.Trim());

    public async Task<ChatReply> HandleAsync(string text, Caller caller, CancellationToken cancel) =>
        ChangeReplies.Recorded(await changes.RecordAsync(caller.Scope, caller.Principal.Name, ChangeGrammar.ParseDeploy(text, time.GetUtcNow()), cancel));
}
