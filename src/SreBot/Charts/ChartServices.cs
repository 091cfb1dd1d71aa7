using SreBot.Adapters.Chat;

namespace SreBot.Charts;

internal static class ChartServices
{
    /// <summary>Needs a <see cref="VipsLocation"/> in the container.</summary>
    public static IServiceCollection AddCharts(this IServiceCollection services) => 
        services.AddSingleton<IChartPainter, ChartPainter>().AddSingleton<ISetupCheck, ChartCheck>();
}
