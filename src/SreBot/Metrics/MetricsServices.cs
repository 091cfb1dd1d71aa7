using SreBot.Model;

namespace SreBot.Metrics;

internal static class MetricsServices
{
    public static IServiceCollection AddMetricTools(this IServiceCollection services) => services.AddSingleton<IToolPlugin, MetricsPlugin>();
}
