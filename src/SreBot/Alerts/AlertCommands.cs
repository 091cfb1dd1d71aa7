using SreBot.Adapters.Chat;
using SreBot.Alerts.Forms;
using SreBot.Alerts.Rules;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Alerts;

/// <summary>The commands <c>alert …</c>: reads them, and hands each to what looks or to what changes.</summary>
internal sealed class AlertCommands(AlertParts parts, AlertLooks looks, AlertChanges changes) : ICommandHandler
{
    public string Verb => "alert";

    public IReadOnlyList<string> Examples => AlertGrammar.Examples;

    /// <summary>A verb of the grammar, or one that is mistyped by a letter.</summary>
    public bool Means(string text) => text.TrimStart().Split(' ', 2)[0].ToLowerInvariant() is var first
        && (first.Length == 0 || first == "acknowledge" || AlertGrammar.Verbs.Any(verb => verb == first || (verb.Length > 3 && first.Length > 3 && NearestName.Distance(first, verb) == 1)));

    /// <summary>Nothing, <c>create</c> alone, and <c>edit</c> with a name alone that stands as one word.</summary>
    public ChatAction? Form(string text) => AlertWords.Split(text) switch
    {
        [] or [{ IsQuoted: false, Text: "create" }] => new(AlertForms.ButtonVerb, ""),
        [{ IsQuoted: false, Text: "edit" }, var name] => new(AlertForms.ButtonVerb, AlertForms.Edit(name.Text)),
        _ => null,
    };

    public async Task<ChatReply> HandleAsync(string text, Caller caller, CancellationToken cancel)
    {
        var command = AlertGrammar.Parse(text, await DefaultsAsync(parts, text, caller, cancel));
        return await looks.FindAsync(command, caller, cancel) ?? await changes.DoAsync(command, caller, cancel);
    }

    /// <summary>What the place and the writer put into a command.</summary>
    public static async Task<AlertDefaults> DefaultsAsync(AlertParts parts, string text, Caller caller, CancellationToken cancel) => new(caller.Scope.Projects, caller.Scope.Conditions, caller.Address?.ToTarget())
    {
        Rules = AlertGrammar.NamesRule(text) ? await parts.Store.RulesAsync(caller.Scope, cancel) : null,
        Channels = caller.Channels,
        Console = caller.Principal.OrganizationSlug,
        Now = parts.Time.GetUtcNow(),
    };
}
