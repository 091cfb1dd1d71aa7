using Microsoft.AspNetCore.Http.HttpResults;
using SreBot.Access;
using SreBot.Model;

namespace SreBot.Api;

/// <summary><c>GET /api/doctor</c>: every part's setup; <c>POST /api/doctor/post</c>: a test message into a channel. For admins.</summary>
internal static class DoctorEndpoints
{
    public static void MapDoctor(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/doctor", Look).WithTags("Setup").WithSummary("Looks at every part's setup and says what to do. For admins.");
        endpoints.MapPost("/api/doctor/post", Post).WithTags("Setup").WithSummary("Posts a test message into a channel. For admins.");
    }

    private static async Task<Results<Ok<IReadOnlyList<DoctorLine>>, UnauthorizedHttpResult>> Look(HttpRequest request, ApiCaller callers, Doctor doctor, CancellationToken cancel)
    {
        if (await callers.FindAsync(request, cancel) is not { } principal)
        {
            return TypedResults.Unauthorized();
        }

        principal.Scope.Require(Role.Admin, "look at the setup");
        return TypedResults.Ok(await doctor.LookAsync(cancel));
    }

    private static async Task<Results<Ok<DoctorLine>, UnauthorizedHttpResult>> Post(TestPost post, HttpRequest request, ApiCaller callers, Doctor doctor, CancellationToken cancel)
    {
        if (await callers.FindAsync(request, cancel) is not { } principal)
        {
            return TypedResults.Unauthorized();
        }

        principal.Scope.Require(Role.Admin, "post a test message");
        return TypedResults.Ok(await doctor.PostAsync(post.Target, Guid.NewGuid(), cancel));
    }

    /// <summary>Where to post.</summary>
    /// <param name="Target">As <c>slack:T01/C02</c>.</param>
    internal sealed record TestPost(string Target);
}
