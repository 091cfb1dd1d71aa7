using SreBot.Model;

namespace SreBot.Changes;

internal static class ChangeServices
{
    public static IServiceCollection AddChanges(this IServiceCollection services)
    {
        services.AddSingleton<ChangeStore>();
        services.AddSingleton<IChangeLookup, ChangeLookup>();
        services.AddSingleton<ICommandHandler, DeployCommands>();
        services.AddSingleton<ICommandHandler, ChangeCommands>();
        services.AddSingleton<IToolPlugin, ChangePlugin>();
        return services;
    }
}
