using SreBot.Delivery;
using SreBot.Model;

namespace SreBot.Incidents;

/// <summary>Registers the incidents and what people do to them.</summary>
internal static class IncidentServices
{
    public static IServiceCollection AddIncidents(this IServiceCollection services)
    {
        services.AddSingleton<IncidentStore>();
        services.AddSingleton<IncidentChanges>();
        services.AddSingleton<IncidentExports>();
        services.AddSingleton<IIncidentLookup, IncidentLookup>();
        services.AddSingleton<IIncidentActions, IncidentActions>();
        services.AddSingleton<IOutboxHandler, EpisodesHandler>();
        services.AddSingleton<IOutboxHandler, IncidentHandler>();
        services.AddSingleton<IOutboxHandler, StormHandler>();
        services.AddSingleton<IOutboxHandler, EscalateHandler>();
        services.AddSingleton<IOutboxHandler, WakeHandler>();
        services.AddSingleton<ICommandHandler, IncidentCommands>();
        services.AddSingleton<IActionHandler, IncidentAcknowledge>();
        services.AddSingleton<IActionHandler, IncidentSnooze>();
        services.AddSingleton<IActionHandler, IncidentResolve>();
        services.AddSingleton<IActionHandler, IncidentConfirm>();
        services.AddSingleton<IHomeSection, IncidentHome>();
        services.AddSingleton<IToolPlugin, IncidentPlugin>();
        return services;
    }
}
