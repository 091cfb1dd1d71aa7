namespace SreBot.Evidence;

internal static class EvidenceServices
{
    public static IServiceCollection AddEvidence(this IServiceCollection services)
    {
        services.AddSingleton<StepStore>();
        services.AddSingleton<StepRecorderFactory>();
        return services;
    }
}
