using SreBot.Delivery;
using SreBot.Model;

namespace SreBot.Investigations;

internal static class InvestigationServices
{
    public static IServiceCollection AddInvestigations(this IServiceCollection services)
    {
        services.AddSingleton<Investigator>();
        services.AddSingleton<InvestigationStore>();
        services.AddSingleton<IToolPlugin, InvestigationPlugin>();
        services.AddSingleton<IOutboxHandler, InvestigationHandler>();
        return services;
    }
}
