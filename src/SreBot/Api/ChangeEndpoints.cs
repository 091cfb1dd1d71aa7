using Microsoft.AspNetCore.Http.HttpResults;
using SreBot.Access;
using SreBot.Changes;

namespace SreBot.Api;

/// <summary><c>POST /changes</c>: a pipeline reports a deploy, a configuration change or a flag.</summary>
internal static class ChangeEndpoints
{
    public static void MapChanges(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/changes", Record)
        .WithTags("Telemetry").WithSummary("Records a deploy, a configuration change or a flag; the same report again counts once. For an sre or an admin.");

    private static async Task<Results<Ok<RecordedChange>, Created<RecordedChange>, UnauthorizedHttpResult>> Record(HttpRequest request, ApiCaller callers, ChangeStore changes, CancellationToken cancel)
    {
        if (await callers.FindAsync(request, cancel) is not { } principal)
        {
            return TypedResults.Unauthorized();
        }

        var recorded = await changes.RecordAsync(principal.Scope, principal.Name, await ChangeBody.ReadAsync(request.Body, cancel), cancel);
        return recorded.IsNew ? TypedResults.Created((string?)null, recorded) : TypedResults.Ok(recorded);
    }
}
