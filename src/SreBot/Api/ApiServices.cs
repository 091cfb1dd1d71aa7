namespace SreBot.Api;

internal static class ApiServices
{
    public static IServiceCollection AddApi(this IServiceCollection services) => services.AddSingleton<Doctor>();

    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapSreQuery();
        endpoints.MapStepRuns();
        endpoints.MapIdentities();
        endpoints.MapDeliveries();
        endpoints.MapHealth();
        endpoints.MapDoctor();
    }
}
