using System.Globalization;
using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Alerts.Evaluation;

/// <summary>What SreBot says of itself: one message, edited when it is over. Pure.</summary>
internal static class SelfAlertMessage
{
    public static NotifyPayload Of(SelfAlertChange change, Guid id, DateTimeOffset tick)
    {
        var sentence = change.Id is null ? Begun(change) : Over(change, tick);
        return new NotifyPayload(ChatReply.Of(sentence), change.Id is null ? null : ChatReply.Of(sentence))
        {
            Facts = new NotifyFacts
            {
                Event = "self",
                Key = $"self {id}",
                Title = sentence,
                Severity = "critical",
                Status = change.Id is null ? "open" : "resolved",
                StartedAt = change.Since,
                At = tick,
            },
        };
    }

    private static string Begun(SelfAlertChange change) => (change.Kind, change.Skipped) switch
    {
        (SelfAlertKind.IngestStopped, _) =>
            $"Ingest stopped: no requests of any project have come since {Time(change.Since)}. What alerts watch is unknown until they come again; nothing resolves meanwhile.",
        (_, > 0) => $"Alert evaluation fell behind: {Minutes(change.Skipped)} after {Time(change.Since)} were too far back and are not evaluated.",
        _ => $"Alert evaluation fell behind: it stands at {Time(change.Since)} and is catching up.",
    };

    private static string Over(SelfAlertChange change, DateTimeOffset tick) => change.Kind == SelfAlertKind.IngestStopped
        ? $"Requests come again. There were none from {Time(change.Since)} to {Time(tick)}."
        : $"Alert evaluation is up to date again, as of {Time(tick)}. It had been behind since {Time(change.Since)}.";

    private static string Minutes(int count) => count == 1 ? "1 minute" : $"{count} minutes";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
