using SreBot.Model;

namespace SreBot.Cli.Demo;

internal static class DemoServices
{
    /// <summary>Its startup step comes after those of the stores and of <c>Access</c>, and before the loops.</summary>
    public static IServiceCollection AddDemo(this IServiceCollection services)
    {
        services.AddOptions<DemoOptions>().BindConfiguration("Demo");
        services.AddSingleton<DemoGate>();
        services.AddSingleton<DemoStore>();
        services.AddSingleton<DemoCreation>();
        services.AddSingleton<DemoWriter>();
        services.AddSingleton<Seeding.SeedIncidents>();
        services.AddSingleton<DemoOrganization>();
        services.AddSingleton<IStartupStep, DemoStartup>();
        services.AddHostedService<DemoTailLoop>();
        return services;
    }
}
