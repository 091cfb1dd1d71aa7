using SreBot.Evidence.Notes;
using SreBot.Evidence.Reruns;

namespace SreBot.Evidence;

internal static class EvidenceServices
{
    public static IServiceCollection AddEvidence(this IServiceCollection services)
    {
        services.AddSingleton<StepStore>();
        services.AddSingleton<StepRecorderFactory>();
        services.AddSingleton<StepReruns>();
        services.AddSingleton<NoteStore>();
        services.AddSingleton<WindowReader>();
        return services;
    }
}
