using Microsoft.AspNetCore.Http.HttpResults;
using SreBot.Access;
using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Api;

/// <summary><c>POST /api/identities</c>: an admin admits a chat identity.</summary>
internal static class IdentityEndpoints
{
    public static void MapIdentities(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/api/identities", Admit)
        .WithTags("Access").WithSummary("Admits a chat identity; an admin's.");

    private static async Task<Results<Ok<Admitted>, UnauthorizedHttpResult>> Admit(
        Admission admission, HttpRequest request, ApiCaller callers, IdentityStore identities, CancellationToken cancel)
    {
        if (await callers.FindAsync(request, cancel) is not { } principal)
        {
            return TypedResults.Unauthorized();
        }

        var user = new ChatUser(admission.Platform, admission.Workspace, admission.User, admission.Name);
        await identities.AdmitAsync(principal, user, admission.Role, admission.Projects, cancel);
        return TypedResults.Ok(new Admitted($"{admission.Platform}:{admission.Workspace}/{admission.User} is {admission.Role.ToString().ToLowerInvariant()} in {principal.OrganizationSlug}."));
    }

    /// <summary>Whom to admit.</summary>
    /// <param name="Projects">Null: all.</param>
    internal sealed record Admission(string Platform, string Workspace, string User, Role Role, string? Name, IReadOnlyList<string>? Projects);

    /// <summary>What was done, in one sentence.</summary>
    internal sealed record Admitted(string Answer);
}
