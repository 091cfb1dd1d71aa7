using SreBot.Alerts.Silences;
using SreBot.Model;

namespace SreBot.Alerts.Rules;

/// <summary>Reads alert commands, the same on every surface. A mistake is answered with what was expected at which word, and with the command that was probably meant.</summary>
internal static class AlertGrammar
{
    public const string Example = "alert create latency max >= 20 ms over 5m in Project_1";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPast = TimeSpan.FromDays(30);

    private static readonly (string Verb, string Example, Func<AlertWords, AlertDefaults, AlertCommand> Read)[] Table =
    [
        ("create", "create error_rate > 5% over 10m for 2m min 20 by server_id severity critical notify #here as \"errors\"", Create),
        ("edit", "edit errors threshold > 7% for 5m", Edit),
        ("list", "list triggered", List),
        ("show", "show errors", (words, defaults) => new AlertCommand.Show(Name(words, defaults))),
        ("history", "history errors", (words, defaults) => new AlertCommand.History(Name(words, defaults))),
        ("why", "why errors at 03:12", Why),
        ("test", "test errors", Test),
        ("backtest", "backtest errors 7d", (words, defaults) => Past(words, defaults, (name, draft, past) => new AlertCommand.Backtest(name, draft, past))),
        ("suggest", "suggest errors 7d", (words, defaults) => Past(words, defaults, (name, draft, past) => new AlertCommand.Suggest(name, draft, past))),
        ("mute", "mute errors 2h", Mute),
        ("unmute", "unmute errors", (words, defaults) => new AlertCommand.Unmute(Name(words, defaults))),
        ("silence", "silence Project_1 where server_id = Server_9 for 2h because \"new disk\"", Silence),
        ("maintenance", "maintenance Project_1 every sunday 02:00 to 04:00 Europe/Berlin", (words, defaults) => new AlertCommand.Hold(SilenceGrammar.Read(words, defaults))),
        ("silences", "silences", (_, _) => new AlertCommand.Silences()),
        ("unsilence", "unsilence 3", (words, _) => new AlertCommand.EndSilence(words.Take("the number of a silence such as 3", SilenceNumber))),
        ("subscribe", "subscribe me to errors", Subscribe),
        ("unsubscribe", "unsubscribe me from errors", Unsubscribe),
        ("ack", "ack errors", (words, defaults) => new AlertCommand.Acknowledge(Name(words, defaults))),
        ("snooze", "snooze errors 2h", Snooze),
        ("enable", "enable errors", (words, defaults) => new AlertCommand.Enable(Name(words, defaults), true)),
        ("disable", "disable errors", (words, defaults) => new AlertCommand.Enable(Name(words, defaults), false)),
        ("delete", "delete errors", (words, defaults) => new AlertCommand.Delete(Name(words, defaults))),
    ];

    public static IReadOnlyList<string> Verbs { get; } = [.. Table.Select(entry => entry.Verb)];

    public static IReadOnlyList<string> Examples { get; } =
        [Example, .. Table.Select(entry => $"alert {entry.Example}"), "alert create slo 99.9% in Project_1 notify #here"];

    /// <summary>Whether the command names a rule, so that its name can only be read beside those that there are.</summary>
    public static bool NamesRule(string text) => AlertWords.Split(text) is [var verb, ..] && verb.Text.ToLowerInvariant() is not ("create" or "list" or "silences" or "unsilence" or "maintenance");

    /// <exception cref="SreException">Invalid, with what was expected at which word.</exception>
    public static AlertCommand Parse(string text, AlertDefaults defaults)
    {
        var words = new AlertWords(text);
        try
        {
            return Read(words, defaults);
        }
        catch (SreException error) when (words.Mistake is { } mistake)
        {
            var mended = AlertMending.Mend(words, candidate => Read(candidate, defaults));
            var example = Table.FirstOrDefault(entry => words.All is [var verb, ..] && string.Equals(verb.Text, entry.Verb, StringComparison.OrdinalIgnoreCase) && entry.Verb != "create").Example is { } own ? $"alert {own}" : Example;
            throw new SreException(error.Kind, $"{error.Message}; {(mended is not null ? $"did you mean: alert {mended}" : mistake.Otherwise ?? $"for example: {example}")}", error);
        }
    }

    /// <summary>Reads without looking for what was probably meant; where that fails, the words say at which.</summary>
    public static AlertCommand Read(AlertWords words, AlertDefaults defaults)
    {
        var verb = words.IsAtEnd ? "list" : words.Peek is "acknowledge" ? "ack" : words.Peek;
        if (Table.FirstOrDefault(entry => entry.Verb == verb).Read is not { } read)
            throw words.Expected($"{string.Join(", ", Verbs.SkipLast(1))} or {Verbs[^1]}", Verbs);

        words.Skip(words.Peek);
        var command = read(words, defaults);
        words.RequireEnd();
        return command;
    }

    private static AlertCommand Create(AlertWords words, AlertDefaults defaults) =>
        words.Skip("slo") ? new AlertCommand.CreateSlo(AlertSlo.Read(words, defaults)) : new AlertCommand.Create(AlertDraft.Read(words, defaults));

    private static AlertCommand.Edit Edit(AlertWords words, AlertDefaults defaults)
    {
        var name = Name(words, defaults, [.. AlertClauses.Words, "threshold", "rename"]);
        var before = defaults.Rules?.FirstOrDefault(rule => IsSame(rule.Name, name)) ?? throw new SreException(SreErrorKind.NotFound, $"There is no alert \"{name}\" that you can see.");
        return new AlertCommand.Edit(before, AlertDraft.Change(before, words, defaults));
    }

    private static AlertCommand.List List(AlertWords words, AlertDefaults defaults)
    {
        var (projects, state) = (Array.Empty<string>() as IReadOnlyList<string>, (string?)null);
        while (!words.IsAtEnd)
        {
            if (words.Skip("in"))
                projects = AlertClauses.Projects(words, defaults);
            else
                state = words.TakeAs($"in, {string.Join(", ", AlertListing.States)}", word => AlertListing.States.FirstOrDefault(known => IsSame(known, word)), [.. AlertListing.States, "in"]);
        }

        return new AlertCommand.List(projects, state);
    }

    /// <summary>Takes <c>errors at 03:12</c>, and <c>did errors fire at 03:12</c>.</summary>
    private static AlertCommand.Why Why(AlertWords words, AlertDefaults defaults)
    {
        words.Skip("did");
        var name = Name(words, defaults, "at", "on", "since", "yesterday", "last", "around", "fire", "trigger");
        words.SkipAny("fire", "trigger");
        return new AlertCommand.Why(name, words.IsAtEnd ? null : words.TakeText("a time"));
    }

    private static AlertCommand.Mute Mute(AlertWords words, AlertDefaults defaults)
    {
        var name = Name(words, defaults, "for");
        words.Skip("for");
        var time = AlertDuration.Take(words, "a time", "2h", Minute, LongestPast);
        return new AlertCommand.Mute(name, time, Reason(words));
    }

    private static AlertCommand Silence(AlertWords words, AlertDefaults defaults) =>
        defaults.Rules?.Any(rule => words.CountOf(rule.Name) > 0) == true ? Mute(words, defaults) : new AlertCommand.Hold(SilenceGrammar.Read(words, defaults));

    private static AlertCommand.Snooze Snooze(AlertWords words, AlertDefaults defaults)
    {
        var name = Name(words, defaults, "for");
        words.Skip("for");
        return new AlertCommand.Snooze(name, words.IsAtEnd ? null : AlertDuration.Take(words, "a time", "2h", Minute, LongestPast));
    }

    private static AlertCommand.Test Test(AlertWords words, AlertDefaults defaults)
    {
        var name = Name(words, defaults, "send");
        return new AlertCommand.Test(name, words.Skip("send"));
    }

    private static AlertCommand.Subscribe Subscribe(AlertWords words, AlertDefaults defaults)
    {
        words.Skip("me");
        words.Skip("to");
        var name = Name(words, defaults, "by");
        return new AlertCommand.Subscribe(name, By(words, defaults));
    }

    private static AlertCommand.Unsubscribe Unsubscribe(AlertWords words, AlertDefaults defaults)
    {
        words.Skip("me");
        words.Skip("from");
        var name = Name(words, defaults, "by");
        return new AlertCommand.Unsubscribe(name, By(words, defaults));
    }

    private static string? By(AlertWords words, AlertDefaults defaults)
    {
        if (!words.Skip("by"))
            return null;

        words.SkipAny("email", "mail", "sms");
        return words.TakeAs("an e-mail address or a telephone number", word => AlertTarget.Find(word, defaults) is { } target && !AlertTarget.IsChat(target) ? target : null);
    }

    private static AlertCommand Past(AlertWords words, AlertDefaults defaults, Func<string?, AlertRule?, TimeSpan, AlertCommand> make)
    {
        var isDraft = words.Skip("create");
        var name = isDraft ? null : Name(words, defaults, "past", "over", "last");
        var draft = isDraft ? AlertDraft.ReadUpTo(words, defaults, "past") : null;
        words.SkipAny("past", "over", "last");
        var past = words.IsAtEnd ? TimeSpan.FromDays(7) : AlertDuration.Take(words, "a time", "7d", TimeSpan.FromHours(1), LongestPast);
        return make(name, draft, past);
    }

    /// <summary>Takes <c>because "…"</c>; a reason without quotation marks goes to the end.</summary>
    public static string Reason(AlertWords words) => words.Skip("because") ? words.TakeText("a reason", !words.IsAtEnd && words.All[words.Position].IsQuoted ? 1 : null) : "";

    /// <summary>Takes a rule's name: of the rules that there are the longest that stands there, or else all words up to a stop or a last duration.</summary>
    private static string Name(AlertWords words, AlertDefaults defaults, params string[] stops)
    {
        const string What = "the name of an alert that you can see";
        var known = defaults.Rules?.Select(rule => (rule.Name, Count: words.CountOf(rule.Name))).Where(rule => rule.Count > 0).OrderByDescending(rule => rule.Count).FirstOrDefault() ?? default;
        if (known.Count > 0)
        {
            words.TakeText(What, known.Count);
            return known.Name;
        }

        var left = words.All.Skip(words.Position).ToList();
        var count = left is [{ IsQuoted: true }, ..] ? 1 : left.TakeWhile((word, i) => i == 0 || word.IsQuoted || !stops.Contains(word.Text.ToLowerInvariant())).Count();
        if (stops.Length > 0 && count > 1 && count == left.Count && AlertDuration.Find(left[^1].Text) is not null)
            count--;
        if (defaults.Rules is not null)
            throw words.Fail(count, What, defaults.Rules.Select(rule => rule.Name), [], defaults.Rules.Count == 0 ? $"there are none yet; for example: {Example}" : $"there are {string.Join(", ", defaults.Rules.Take(10).Select(rule => $"\"{rule.Name}\""))}");

        return words.TakeText(What, count);
    }

    private static long? SilenceNumber(string word) => long.TryParse(word.TrimStart('#'), out var number) && number > 0 ? number : null;

    private static bool IsSame(string known, string word) => string.Equals(known, word, StringComparison.OrdinalIgnoreCase);
}
