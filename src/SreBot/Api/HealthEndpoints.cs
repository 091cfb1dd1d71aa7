using Microsoft.AspNetCore.Http.HttpResults;
using SreBot.Delivery;
using SreBot.Postgres;
using SreBot.Telemetry;

namespace SreBot.Api;

/// <summary><c>GET /healthz</c>: the process and its outbox; <c>GET /readyz</c>: both stores answer.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz", Health).WithTags("Health").WithSummary("The process and its outbox.");
        endpoints.MapGet("/readyz", Ready).WithTags("Health").WithSummary("Whether both stores answer.");
    }

    private static async Task<Ok<Healthy>> Health(OutboxHealth outbox, CancellationToken cancel) =>
        TypedResults.Ok(new Healthy("ok", await outbox.ReadAsync(cancel)));

    private static async Task<Ok<ReadyState>> Ready(PostgresDatabase postgres, ITelemetryStore telemetry, CancellationToken cancel)
    {
        await using var session = await postgres.BeginGatewayAsync(cancel);
        return TypedResults.Ok(new ReadyState("ready", await telemetry.DescribeAsync(cancel)));
    }

    /// <summary>What <c>/healthz</c> says.</summary>
    internal sealed record Healthy(string Status, OutboxDepth Outbox);

    /// <summary>What <c>/readyz</c> says.</summary>
    internal sealed record ReadyState(string Status, string Telemetry);
}
