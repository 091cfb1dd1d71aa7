using SreBot.Alerts.Rules;
using SreBot.Alerts.Silences;

namespace SreBot.Alerts.Evaluation;

/// <summary>The silences that hold at a tick, by what they may cover. Pure.</summary>
internal sealed class AlertSilences
{
    private readonly DateTimeOffset tick;
    private readonly ILookup<Guid, Silence> ofRules;
    private readonly ILookup<long, Silence> ofOrganizations;
    private readonly bool isEmpty;

    public AlertSilences(IEnumerable<Silence> silences, DateTimeOffset tick)
    {
        var holding = silences.Where(silence => silence.EndOf(tick) is not null).ToList();
        this.tick = tick;
        isEmpty = holding.Count == 0;
        ofRules = holding.Where(silence => silence.AlertId is not null).ToLookup(silence => silence.AlertId!.Value);
        ofOrganizations = holding.Where(silence => silence.AlertId is null).ToLookup(silence => silence.OrganizationId);
    }

    public static AlertSilences None { get; } = new([], default);

    public bool Covers(AlertRule rule, string groupKey) =>
        !isEmpty && (ofRules[rule.Id].Any(silence => silence.Covers(rule, groupKey, tick)) || ofOrganizations[rule.OrganizationId].Any(silence => silence.Covers(rule, groupKey, tick)));
}
