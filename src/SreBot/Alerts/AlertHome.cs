using SreBot.Adapters.Chat;
using SreBot.Alerts.Forms;
using SreBot.Alerts.Rules;
using SreBot.Alerts.States;
using SreBot.Alerts.Subscriptions;
using SreBot.Model;

namespace SreBot.Alerts;

/// <summary>A person's alerts and what they are told of, on their own page.</summary>
internal sealed class AlertHome(AlertParts parts) : IHomeSection
{
    private const int Listed = 10;

    public int Place => 2;

    public async Task<IReadOnlyList<ReplyBlock>> ShowAsync(Caller caller, CancellationToken cancel)
    {
        var all = await parts.Store.ListAsync(caller.Scope, cancel);
        var subscriptions = await parts.Subscriptions.OwnAsync(caller, cancel);
        return [.. Alerts(all), .. Subscriptions(subscriptions), .. caller.Scope.Role >= Role.Sre ? (IReadOnlyList<ReplyBlock>)[new ReplyButtons([new ReplyButton("New alert", AlertForms.ButtonVerb, "")])] : []];
    }

    private static IEnumerable<ReplyBlock> Alerts(IReadOnlyList<AlertStanding> all)
    {
        if (all.Count == 0)
        {
            yield return new ReplySection { Title = "Alerts", Paragraphs = ["There are none yet."] };
            yield break;
        }

        yield return new ReplySection { Title = "Alerts", Paragraphs = [AlertReplies.ListSummary(all)] };
        yield return AlertReplies.ListTable([.. all.OrderBy(standing => standing.Phase != AlertPhase.Triggered).ThenBy(standing => standing.Phase == AlertPhase.Resolved).Take(Listed)]) with { Title = "" };
        if (all.Count > Listed)
            yield return new ReplySection { IsNote = true, Paragraphs = [$"And {all.Count - Listed} more: alert list"] };
    }

    private static IEnumerable<ReplyBlock> Subscriptions(IReadOnlyList<Subscription> subscriptions)
    {
        yield return subscriptions.Count == 0
            ? new ReplySection { Title = "What you are told of", Paragraphs = ["Nothing by name. For example: alert subscribe me to errors"] }
            : new ReplySection
            {
                Title = "What you are told of",
                Bullets = [.. subscriptions.Take(Listed).Select(own => ReplyText.Of(ReplyRun.Strong(own.Alert), $" at {own.Target}; end it with: ", ReplyRun.Code($"alert unsubscribe me from {AlertWord.Write(own.Alert)}")))],
            };
    }
}
