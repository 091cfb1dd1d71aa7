using SreBot.Delivery;
using SreBot.Investigations.Export;
using SreBot.Investigations.Notes;
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
        services.AddSingleton<IOutboxHandler, KeepHandler>();
        services.AddSingleton<InvestigationFinder>();
        services.AddSingleton<ICommandHandler, ExportCommand>();
        services.AddSingleton<ICommandHandler, NoteCommand>();
        return services;
    }
}
