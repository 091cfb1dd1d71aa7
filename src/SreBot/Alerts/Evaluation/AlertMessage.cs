using SreBot.Adapters.Chat;
using SreBot.Alerts.Rules;
using SreBot.Alerts.States;
using SreBot.Model;

namespace SreBot.Alerts.Evaluation;

/// <summary>What people are told apart from incidents. Pure.</summary>
internal static class AlertMessage
{
    /// <summary>Data, or the rule's own query, went missing or came back.</summary>
    public static ChatReply Missing(AlertChange change) => ChatReply.Of(MissingSentence(change));

    /// <summary>The same for receivers that are not a chat.</summary>
    public static NotifyFacts MissingFacts(AlertChange change, DateTimeOffset tick) => new()
    {
        Event = "missing",
        Key = change.GroupKey.Length == 0 ? $"alert {change.Rule.Name}" : $"alert {change.Rule.Name} {change.GroupKey}",
        Title = MissingSentence(change),
        Severity = change.Rule.Severity,
        Projects = change.Rule.Projects,
        Alert = change.Rule.Name,
        At = tick,
        RunbookUrl = change.Rule.RunbookUrl,
    };

    private static string MissingSentence(AlertChange change) => $"{Subject(change)} {change.After.Phase switch
    {
        AlertPhase.NoData => "has no data.",
        AlertPhase.Error => "cannot be evaluated: its query fails.",
        AlertPhase.Resolved => "is evaluated again, and clear.",
        _ => $"is evaluated again, and {AlertNames.Of(change.After.Phase)}.",
    }}";

    private static string Subject(AlertChange change) => change.GroupKey.Length == 0 ? $"The alert \"{change.Rule.Name}\"" : $"The alert \"{change.Rule.Name}\" for {change.GroupKey}";
}
