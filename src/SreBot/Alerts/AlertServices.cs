using SreBot.Adapters.Chat;
using SreBot.Alerts.Evaluation;
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
        services.AddSingleton<AlertShardStore>();
        services.AddSingleton<AlertBookStore>();
        services.AddSingleton<AlertTickStore>();
        services.AddSingleton<AlertReader>();
        services.AddSingleton<AlertEvaluator>();
        services.AddSingleton<IEpisodeLookup, EpisodeLookup>();
        services.AddSingleton<ICommandHandler, AlertCommands>();
        services.AddSingleton<IActionHandler, AlertCreateConfirm>();
        services.AddSingleton<IActionHandler, AlertMuteConfirm>();
        services.AddSingleton<IToolPlugin, AlertPlugin>();
        services.AddSingleton<ISetupCheck, EvaluatorCheck>();
        services.AddHostedService<AlertEvaluatorLoop>();
        return services;
    }
}
