using SreBot.Adapters.Chat;
using SreBot.Alerts.Backtests;
using SreBot.Alerts.Evaluation;
using SreBot.Alerts.Forms;
using SreBot.Alerts.Silences;
using SreBot.Alerts.Subscriptions;
using SreBot.Model;

namespace SreBot.Alerts;

/// <summary>Registers the rules, their evaluator and its loop.</summary>
internal static class AlertServices
{
    public static IServiceCollection AddAlerts(this IServiceCollection services)
    {
        services.AddOptions<AlertOptions>().BindConfiguration("Alerts").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<AlertStore>();
        services.AddSingleton<AlertRemoval>();
        services.AddSingleton<AlertHistory>();
        services.AddSingleton<SilenceStore>();
        services.AddSingleton<SubscriptionStore>();
        services.AddSingleton<DirectPlace>();
        services.AddSingleton<AlertWhy>();
        services.AddSingleton<AlertTrial>();
        services.AddSingleton<AlertParts>();
        services.AddSingleton<AlertLooks>();
        services.AddSingleton<AlertChanges>();
        services.AddSingleton<AlertPlans>();
        services.AddSingleton<AlertShardStore>();
        services.AddSingleton<AlertBookStore>();
        services.AddSingleton<AlertTickStore>();
        services.AddSingleton<AlertIngest>();
        services.AddSingleton<AlertMeters>();
        services.AddSingleton<AlertFaultStore>();
        services.AddSingleton<AlertReader>();
        services.AddSingleton<AlertEvaluator>();
        services.AddSingleton<IEpisodeLookup, EpisodeLookup>();
        services.AddSingleton<ICommandHandler, AlertCommands>();
        services.AddSingleton<IActionHandler, AlertCreateConfirm>();
        services.AddSingleton<IActionHandler, AlertCommandConfirm>();
        services.AddSingleton<IActionHandler, AlertForms>();
        services.AddSingleton<IHomeSection, AlertHome>();
        services.AddSingleton<IToolPlugin, AlertPlugin>();
        services.AddSingleton<BacktestReader>();
        services.AddSingleton<Backtester>();
        services.AddSingleton<IAlertBacktests, AlertBacktests>();
        services.AddSingleton<IToolPlugin, BacktestPlugin>();
        services.AddSingleton<ISetupCheck, EvaluatorCheck>();
        services.AddHostedService<AlertEvaluatorLoop>();
        return services;
    }
}
