using Microsoft.AspNetCore.Http.HttpResults;
using SreBot.Access;
using SreBot.Cli.Seeding;
using SreBot.Model;

namespace SreBot.Cli.Demo;

/// <summary><c>/api/demo</c>, for admins: what is planted, plant anew, remove.</summary>
internal static class DemoEndpoints
{
    public static void MapDemo(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/demo", Show).WithTags("Demo").WithSummary("Whether the demo is there, and what is planted in it.");
        endpoints.MapPost("/api/demo", Replace).WithTags("Demo").WithSummary("Fills the demo anew.");
        endpoints.MapDelete("/api/demo", Remove).WithTags("Demo").WithSummary("Removes the demo and all that came of it.");
    }

    private static async Task<Results<Ok<DemoAnswer>, UnauthorizedHttpResult>> Show(HttpRequest request, ApiCaller callers, DemoStore store, CancellationToken cancel)
    {
        if (!await IsAdminAsync(request, callers, cancel))
            return TypedResults.Unauthorized();
        return TypedResults.Ok(await store.LoadAsync(cancel) is { } place
            ? new DemoAnswer($"The demo is there, with telemetry up to {place.WrittenTo:yyyy-MM-dd HH:mm:ss} UTC.", place.Story.Plan.Causes)
            : new DemoAnswer("There is no demo; 'sre-bot seed' makes one.", []));
    }

    private static async Task<Results<Ok<DemoAnswer>, UnauthorizedHttpResult>> Replace(
        SeedRequest seed, HttpRequest request, ApiCaller callers, DemoOrganization demo, DemoStore store, OrganizationSetup organizations, CancellationToken cancel)
    {
        if (!await IsAdminAsync(request, callers, cancel))
            return TypedResults.Unauthorized();
        var story = await demo.ReplaceAsync(seed.ToSettings(), cancel);
        await organizations.EnsureDemoPeopleAsync((await store.FindOrganizationAsync(cancel))!.Value, cancel);
        return TypedResults.Ok(new DemoAnswer("The demo is filled anew.", story.Plan.Causes));
    }

    private static async Task<Results<Ok<DemoAnswer>, UnauthorizedHttpResult>> Remove(HttpRequest request, ApiCaller callers, DemoOrganization demo, CancellationToken cancel)
    {
        if (!await IsAdminAsync(request, callers, cancel))
            return TypedResults.Unauthorized();
        return TypedResults.Ok(new DemoAnswer(await demo.RemoveAsync(cancel) ? "The demo is removed; nothing of it is left." : "There is no demo to remove.", []));
    }

    private static async Task<bool> IsAdminAsync(HttpRequest request, ApiCaller callers, CancellationToken cancel)
    {
        var principal = await callers.FindAsync(request, cancel);
        principal?.Scope.Require(Role.Admin, "change the demo");
        return principal is not null;
    }

    /// <summary>What was done, and the causes that stand in the data: the ground truth.</summary>
    internal sealed record DemoAnswer(string Answer, IReadOnlyList<PlantedCause> Truth);

    /// <summary>The <see cref="SeedSettings"/> as the command line sends them.</summary>
    /// <param name="Causes">Words such as <c>slow-server</c>; none: the demo's own story.</param>
    /// <param name="Hours">Null: as many as the causes need.</param>
    internal sealed record SeedRequest(long Seed, int? Hours, int RequestsAMinute, int Servers, int Projects, IReadOnlyList<string> Causes)
    {
        public SeedSettings ToSettings()
        {
            var causes = CauseKinds.Parse(string.Join(',', Causes));
            return new SeedSettings
            {
                Seed = Seed,
                Hours = Hours ?? SeedSettings.HoursFor(causes),
                RequestsAMinute = RequestsAMinute,
                Servers = Servers,
                Projects = Projects,
                Causes = causes,
            };
        }
    }
}
