using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SreBot.Access;
using SreBot.Evidence;
using SreBot.Replies;
using SreBot.Evidence.Reruns;
using SreBot.Model;

namespace SreBot.Api;

/// <summary>What an exported notebook asks: <c>POST /api/investigations/{id}/steps/{n}/run</c> and, for all steps, <c>/api/investigations/{id}/run</c>, as of then or now;
/// <c>GET /api/investigations/{id}/charts</c>. A caller names a step and never its SQL.</summary>
internal static class StepRunEndpoints
{
    public static void MapStepRuns(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/api/investigations/{id:guid}/steps/{number:int}/run", RunStep).WithTags("Investigations").WithSummary("Runs one recorded step again, as of then or now, with a verdict.");
        endpoints.MapPost("/api/investigations/{id:guid}/run", RunAll).WithTags("Investigations").WithSummary("Runs every recorded step again, with a verdict each.");
        endpoints.MapGet("/api/investigations/{id:guid}/charts", Charts).WithTags("Investigations").WithSummary("The pictures of an answer.");
    }

    private static async Task<Results<Ok<StepRunAnswer>, UnauthorizedHttpResult>> RunStep(
        Guid id, int number, [FromQuery(Name = "as-of")] string? asOf, HttpContext context, PageCaller callers, StepStore steps, StepReruns reruns, CancellationToken cancel)
    {
        if (await ScopeAsync(context, callers, cancel) is not { } scope)
            return TypedResults.Unauthorized();

        var isNow = IsNow(asOf);
        var record = await FindAsync(steps, scope, id, cancel);
        var step = record.Steps.FirstOrDefault(known => known.Number == number)
            ?? throw new SreException(SreErrorKind.NotFound, $"That investigation has no step {number}; it has {record.Steps.Count}.");
        return TypedResults.Ok(StepRunAnswer.Of(await reruns.RunAsync(scope, step, isNow, cancel)));
    }

    private static async Task<Results<Ok<InvestigationRunAnswer>, UnauthorizedHttpResult>> RunAll(
        Guid id, [FromQuery(Name = "as-of")] string? asOf, HttpContext context, PageCaller callers, StepStore steps, StepReruns reruns, CancellationToken cancel)
    {
        if (await ScopeAsync(context, callers, cancel) is not { } scope)
            return TypedResults.Unauthorized();

        var isNow = IsNow(asOf);
        var runs = new List<StepRun>();
        foreach (var step in (await FindAsync(steps, scope, id, cancel)).Steps)
        {
            runs.Add(await reruns.RunAsync(scope, step, isNow, cancel));
        }

        return TypedResults.Ok(InvestigationRunAnswer.Of(id, isNow, runs));
    }

    private static async Task<Results<Ok<IReadOnlyList<ChartPicture>>, UnauthorizedHttpResult>> Charts(Guid id, HttpContext context, PageCaller callers, StepStore steps, CancellationToken cancel) =>
        await ScopeAsync(context, callers, cancel) is { } scope ? TypedResults.Ok(ChartPicture.Of((await FindAsync(steps, scope, id, cancel)).Answer)) : TypedResults.Unauthorized();

    private static async Task<AccessScope?> ScopeAsync(HttpContext context, PageCaller callers, CancellationToken cancel)
    {
        var headers = context.Request.Headers;
        return await callers.FindAsync(context, cancel) is { } principal ? HasuraNarrowing.Narrow(principal.Scope, headers[HasuraNarrowing.RoleName], headers[HasuraNarrowing.ProjectName]) : null;
    }

    private static async Task<InvestigationRecord> FindAsync(StepStore steps, AccessScope scope, Guid id, CancellationToken cancel) =>
        await steps.FindAsync(scope, id, cancel) ?? throw new SreException(SreErrorKind.NotFound, "There is no investigation with that id that you can see.");

    private static bool IsNow(string? asOf) => asOf switch
    {
        null or "" or "then" => false,
        "now" => true,
        _ => throw new SreException(SreErrorKind.Invalid, "as-of is then or now."),
    };
}
