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
        services.AddSingleton<IIncidentLookup, IncidentLookup>();
        services.AddSingleton<IOutboxHandler, EpisodesHandler>();
        services.AddSingleton<IOutboxHandler, IncidentHandler>();
        services.AddSingleton<ICommandHandler, IncidentCommands>();
        services.AddSingleton<IActionHandler, IncidentAcknowledge>();
        services.AddSingleton<IActionHandler, IncidentResolve>();
        services.AddSingleton<IToolPlugin, IncidentPlugin>();
        return services;
    }
}
