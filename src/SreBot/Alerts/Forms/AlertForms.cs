using SreBot.Adapters.Chat;
using SreBot.Alerts.Rules;
using SreBot.Model;

namespace SreBot.Alerts.Forms;

/// <summary>The form that makes a rule or changes one. Sent, it becomes the command that a person would write, and goes its way.</summary>
internal sealed class AlertForms(AlertParts parts, AlertChanges changes) : IFormHandler
{
    public const string ButtonVerb = "alert.form";

    private const string Needed = "This is needed.";

    public string Verb => ButtonVerb;

    /// <summary>The value of a button that opens the form of that rule; empty opens the one of a new rule.</summary>
    public static string Edit(string name) => $"edit {AlertWord.Quote(name)}";

    public async Task<ChatReply> HandleAsync(string value, Caller caller, CancellationToken cancel)
    {
        var rule = value.Length == 0 ? null : (await parts.Store.FindAsync(caller.Scope, Named(value), cancel)).Rule;
        caller.Scope.Require(Role.Sre, rule is null ? "create alerts" : "edit alerts");
        var defaults = await AlertCommands.DefaultsAsync(parts, "create", caller, cancel);
        if (defaults.Projects.Count == 0)
            throw new SreException(SreErrorKind.Invalid, "No project can be seen here; link the channel to one first: link Project_1");

        var form = rule is null
            ? new ReplyForm("New alert", Verb, "", "Set it", AlertFormFields.Of(defaults, null))
            : new ReplyForm("Edit alert", Verb, $"{rule.Id} {rule.Version}", "Change it", AlertFormFields.Of(defaults, rule));
        return new ChatReply { Summary = rule is null ? "What shall the alert watch?" : $"What shall change in \"{rule.Name}\"?", Blocks = [form], IsPrivate = true };
    }

    public async Task<ChatReply> SubmitAsync(string value, IReadOnlyDictionary<string, IReadOnlyList<string>> fields, Caller caller, CancellationToken cancel)
    {
        if (value.Length == 0 && AlertFormText.Missing(fields).ToList() is { Count: > 0 } missing)
            return Refused(missing.ToDictionary(name => name, _ => Needed));

        var text = value.Length == 0 ? AlertFormText.Create(fields) : AlertFormText.Edit(await BeforeAsync(value, caller, cancel), fields, caller.Scope.Projects);
        if (value.Length > 0 && text.Parts.Count == 0)
            throw new SreException(SreErrorKind.Invalid, "Nothing is changed yet.");

        var defaults = await AlertCommands.DefaultsAsync(parts, text.Text, caller, cancel);
        if (AlertRefusal.Of(text.Text, defaults) is { } refusal)
            return Refused(new Dictionary<string, string> { [Field(text, refusal, defaults)] = Sentence(refusal) });

        return await DoAsync(AlertGrammar.Parse(text.Text, defaults), caller, cancel);
    }

    private async Task<ChatReply> DoAsync(AlertCommand command, Caller caller, CancellationToken cancel)
    {
        try
        {
            return await changes.DoAsync(command, caller, cancel) with { IsPrivate = true };
        }
        catch (SreException error) when (error.Kind == SreErrorKind.Conflict && error.InnerException is not null)
        {
            return Refused(new Dictionary<string, string> { [AlertField.Name] = error.Message });
        }
        catch (SreException error) when (error.Kind == SreErrorKind.Invalid)
        {
            return Refused(new Dictionary<string, string> { [IsRecorded(command, caller) ? AlertField.Notify : AlertField.Measure] = error.Message });
        }
    }

    /// <summary>The rule as it was when the form was opened.</summary>
    /// <exception cref="SreException">Conflict: it is not the same any more.</exception>
    private async Task<AlertRule> BeforeAsync(string value, Caller caller, CancellationToken cancel)
    {
        var rules = await parts.Store.RulesAsync(caller.Scope, cancel);
        return rules.FirstOrDefault(rule => $"{rule.Id} {rule.Version}" == value)
            ?? throw new SreException(SreErrorKind.Conflict, "That alert was changed or deleted meanwhile; open it again.");
    }

    /// <summary>Words that can be read and may not stand: of the field without which they may.</summary>
    private static string Field(AlertFormText text, AlertRefusal refusal, AlertDefaults defaults) => refusal.Mistake is { } mistake
        ? text.FieldOf(mistake)
        : text.Parts.Select(part => part.Field).Reverse().FirstOrDefault(field => AlertRefusal.Of(text.Without(field).Text, defaults) is null) ?? AlertField.Threshold;

    /// <summary>Beside a field nobody counts words.</summary>
    private static string Sentence(AlertRefusal refusal) =>
        refusal.Mistake is not null && refusal.Why.IndexOf(" should be ", StringComparison.Ordinal) is > 0 and var at ? $"This{refusal.Why[at..]}." : refusal.Why;

    private bool IsRecorded(AlertCommand command, Caller caller)
    {
        try
        {
            foreach (var rule in command switch { AlertCommand.Create create => [create.Rule], AlertCommand.CreateSlo slo => slo.Rules, AlertCommand.Edit edit => [edit.After], _ => (IReadOnlyList<AlertRule>)[] })
                parts.Store.RequireRecorded(caller.Scope, rule);
            return true;
        }
        catch (SreException)
        {
            return false;
        }
    }

    private static ChatReply Refused(Dictionary<string, string> mistakes) => ChatReply.Of(string.Join(' ', mistakes.Values.Distinct())) with { Mistakes = mistakes, IsPrivate = true };

    private static string Named(string value) => AlertWords.Split(value) is [_, var name, ..] ? name.Text : value;
}
