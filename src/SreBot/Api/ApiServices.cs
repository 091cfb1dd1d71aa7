using SreBot.Api.Ingest;

namespace SreBot.Api;

internal static class ApiServices
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true); // so that a bad parameter is answered in a sentence too
        services.AddSingleton<Doctor>();
        services.AddSingleton<RequestReader>();
        services.AddSingleton<ServerMetricsReader>();
        services.AddOpenApi("v1", ApiDocument.Configure);
        return services.AddIngest();
    }

    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapSreQuery();
        endpoints.MapIngest();
        endpoints.MapStepRuns();
        endpoints.MapRequests();
        endpoints.MapIncidents();
        endpoints.MapIncidentActs();
        endpoints.MapServerMetrics();
        endpoints.MapChanges();
        endpoints.MapIdentities();
        endpoints.MapDeliveries();
        endpoints.MapReceivers();
        endpoints.MapHealth();
        endpoints.MapDoctor();
        endpoints.MapOpenApi();
    }
}
