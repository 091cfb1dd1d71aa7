namespace SreBot.Cli.Tutorial;

internal static class TutorialServices
{
    public static IServiceCollection AddTutorial(this IServiceCollection services)
    {
        services.AddSingleton<ImportStore>();
        services.AddSingleton<ImportTelemetry>();
        services.AddSingleton<TutorialImport>();
        return services;
    }
}
