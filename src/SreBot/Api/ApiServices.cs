namespace SreBot.Api;

internal static class ApiServices
{
    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapSreQuery();
        endpoints.MapIdentities();
        endpoints.MapDeliveries();
        endpoints.MapHealth();
    }
}
