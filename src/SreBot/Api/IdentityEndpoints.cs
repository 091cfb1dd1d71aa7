using Microsoft.AspNetCore.Http.HttpResults;
using SreBot.Access;
using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Api;

/// <summary><c>POST /api/identities</c>: an admin admits a chat identity.</summary>
internal static class IdentityEndpoints
{
    public static void MapIdentities(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/api/identities", Admit)
        .WithTags("Access").WithSummary("Admits a chat identity, named by the code that the person got or by its ids; an admin's.");

    private static async Task<Results<Ok<Admitted>, UnauthorizedHttpResult>> Admit(
        Admission admission, HttpRequest request, ApiCaller callers, IdentityStore identities, AdmissionCodes codes, CancellationToken cancel)
    {
        if (await callers.FindAsync(request, cancel) is not { } principal)
        {
            return TypedResults.Unauthorized();
        }

        var user = admission switch
        {
            { Code: { } code } => await codes.ConfirmAsync(principal, code, admission.Role, admission.Projects, cancel),
            { Platform: { } platform, Workspace: { } workspace, User: { } id } => new ChatUser(platform, workspace, id, admission.Name),
            _ => throw new SreException(SreErrorKind.Invalid, "Name the person by the code that they got, or by platform, workspace and user."),
        };
        if (admission.Code is null)
        {
            await identities.AdmitAsync(principal, user, admission.Role, admission.Projects, cancel);
        }

        return TypedResults.Ok(new Admitted($"{user.Platform}:{user.Workspace}/{user.Id} is {admission.Role.ToString().ToLowerInvariant()} in {principal.OrganizationSlug}."));
    }

    /// <summary>Whom to admit: a code, or platform, workspace and user.</summary>
    /// <param name="Projects">Null: all.</param>
    /// <param name="Code">What the bot gave to the person, such as <c>K7QF-2M9X</c>.</param>
    internal sealed record Admission(string? Platform, string? Workspace, string? User, Role Role, string? Name, IReadOnlyList<string>? Projects, string? Code = null);

    /// <summary>What was done, in one sentence.</summary>
    internal sealed record Admitted(string Answer);
}
