using Microsoft.Extensions.Logging.Abstractions;
using SreBot.Access;
using SreBot.Adapters.Chat;
using SreBot.Alerts;
using SreBot.Alerts.Forms;
using SreBot.Alerts.Silences;
using SreBot.Alerts.Subscriptions;
using SreBot.Delivery;
using SreBot.Evidence;
using SreBot.Model;
using SreBot.Postgres;
using SreBot.Telemetry;

namespace SreBot.Tests.Fixtures;

/// <summary>The alert commands, tools and confirming clicks, put together as the container does.</summary>
internal sealed class AlertDesk
{
    private AlertDesk(AlertParts parts, PostgresDatabase postgres, ITelemetryStore telemetry, ConfirmationStore confirmations)
    {
        var changes = new AlertChanges(parts, postgres);
        Commands = new AlertCommands(parts, new AlertLooks(parts, new StepRecorderFactory(telemetry, postgres, new StepStore(postgres), parts.Time, NullLogger<StepRecorder>.Instance)), changes);
        Plugin = new AlertPlugin(parts, new AlertPlans(parts, confirmations));
        Create = new AlertCreateConfirm(postgres, confirmations, parts.Time);
        Change = new AlertCommandConfirm(postgres, confirmations, parts, changes);
        Forms = new AlertForms(parts, changes);
        Home = new AlertHome(parts);
        Silences = parts.Silences;
    }

    public AlertCommands Commands { get; }
    public AlertPlugin Plugin { get; }
    public AlertCreateConfirm Create { get; }
    public AlertCommandConfirm Change { get; }
    public AlertForms Forms { get; }
    public AlertHome Home { get; }
    public SilenceStore Silences { get; }

    public static AlertDesk Of(AlertHouse house, IAlertBacktests? backtests = null, IIncidentActions? incidents = null) => Of(house.Postgres, house.Telemetry, house.Time, house.Signal, backtests, incidents);

    public static AlertDesk Of(PostgresDatabase postgres, ITelemetryStore telemetry, TimeProvider time, OutboxSignal? signal = null, IAlertBacktests? backtests = null, IIncidentActions? incidents = null)
    {
        var (store, history, silences, subscriptions) = (new AlertStore(postgres, telemetry, time), new AlertHistory(postgres), new SilenceStore(postgres), new SubscriptionStore(postgres, time));
        signal ??= new OutboxSignal();
        var parts = new AlertParts(store, new AlertRemoval(postgres, signal), history, silences, subscriptions, new DirectPlace(new ChatStateStore(postgres)),
            new AlertWhy(store, history, new WindowReader([], [])), new AlertTrial(postgres, silences, subscriptions, signal, time), time, backtests, incidents);
        return new AlertDesk(parts, postgres, telemetry, new ConfirmationStore(postgres, time));
    }

    /// <summary>What the command answers.</summary>
    public Task<ChatReply> SayAsync(string text, Caller caller) => Commands.HandleAsync(text, caller, TestContext.Current.CancellationToken);
}
