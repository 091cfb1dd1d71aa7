using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;
using SreBot.Telemetry.Chdb;
using SreBot.Telemetry.Http;
using SreBot.Telemetry.Sources;
using SreBot.Telemetry.Wire;

namespace SreBot.Telemetry;

internal static class TelemetryServices
{
    /// <summary>The store over HTTP when <c>Telemetry:Endpoint</c> is set, else in process at the registered <see cref="ChdbLocation"/>.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services.AddOptions<TelemetryOptions>().BindConfiguration("Telemetry").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IClickHouseTransport>(Connect);
        services.AddSingleton<ISetupCheck, GrantCheck>();
        services.AddSingleton<ITelemetryStore, TelemetryStore>();
        services.AddSingleton<RecordedReads>();
        return services;
    }

    private static IClickHouseTransport Connect(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<TelemetryOptions>>().Value;
        return string.IsNullOrWhiteSpace(options.Endpoint)
            ? new ChdbTransport(services.GetRequiredService<ChdbLocation>(), options)
            : new HttpTransport(options, services.GetService<TimeProvider>() ?? TimeProvider.System);
    }
}
