using SreBot.Adapters.Chat;
using SreBot.Alerts.Rules;
using SreBot.Model;

namespace SreBot.Alerts;

/// <summary>Runs rules over past days.</summary>
internal interface IAlertBacktests
{
    /// <param name="past">Back from the last complete minute; at most 30 days.</param>
    Task<ChatReply> RunAsync(Caller caller, AlertRule rule, TimeSpan past, CancellationToken cancel);

    /// <summary>Thresholds that would have caught the incidents of that time with the fewest false ones.</summary>
    Task<ChatReply> SuggestAsync(Caller caller, AlertRule rule, TimeSpan past, CancellationToken cancel);
}
