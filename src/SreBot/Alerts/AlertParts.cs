using SreBot.Alerts.Silences;
using SreBot.Alerts.Subscriptions;
using SreBot.Model;

namespace SreBot.Alerts;

/// <summary>What the commands of the grammar work with.</summary>
/// <param name="Backtests">Null: there are none.</param>
/// <param name="Incidents">Null: there are none.</param>
internal sealed record AlertParts(
    AlertStore Store,
    AlertRemoval Removal,
    AlertHistory History,
    SilenceStore Silences,
    SubscriptionStore Subscriptions,
    DirectPlace Places,
    AlertWhy Why,
    AlertTrial Trial,
    TimeProvider Time,
    IAlertBacktests? Backtests = null,
    IIncidentActions? Incidents = null);
