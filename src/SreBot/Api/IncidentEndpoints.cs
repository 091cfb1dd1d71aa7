using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using SreBot.Access;
using SreBot.Incidents;
using SreBot.Model;

namespace SreBot.Api;

/// <summary><c>GET /api/incidents</c>, and one of them, with its request where that is asked for.</summary>
internal static class IncidentEndpoints
{
    private const int Usual = 50;
    private const int Most = 500;
    private static readonly string[] Statuses = ["open", "acknowledged", "resolved", "unresolved", "snoozed"];
    private static readonly TimeSpan Around = TimeSpan.FromDays(1);

    public static void MapIncidents(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/incidents", List).WithTags("Incidents").WithSummary("Incidents, newest first, in pages.");
        endpoints.MapGet("/api/incidents/{id}", Show).WithTags("Incidents").WithSummary("One incident, with include=request the request that it hangs on.");
    }

    private static async Task<Results<Ok<IncidentPage>, UnauthorizedHttpResult>> List(
        HttpRequest request, ApiCaller callers, IncidentStore incidents,
        [Description("open, acknowledged, resolved, unresolved or snoozed; any when left out.")] string? status,
        [Description("Of that project alone.")] string? project,
        [Description("1 to 500; 50 when left out.")] int? limit,
        [Description("The 'next' of the page before.")] long? after,
        CancellationToken cancel)
    {
        if (await callers.FindAsync(request, cancel) is not { } principal)
        {
            return TypedResults.Unauthorized();
        }

        if (status is not null && !Statuses.Contains(status))
        {
            throw new SreException(SreErrorKind.Invalid, $"status must be one of {string.Join(", ", Statuses)}.");
        }

        var count = ApiPage.Limit(limit, Usual, Most);
        var page = await incidents.ListAsync(principal.Scope, new IncidentFilter(status, project), after, count, cancel);
        return TypedResults.Ok(new IncidentPage([.. page.Select(IncidentRow.Of)], page.Count < count ? null : page[^1].Id));
    }

    private static async Task<Results<Ok<IncidentRow>, UnauthorizedHttpResult>> Show(
        HttpRequest request, ApiCaller callers, IncidentStore incidents, RequestReader requests,
        [Description("42 or INC-42.")] string id,
        [Description("request: its request too.")] string? include,
        CancellationToken cancel)
    {
        if (await callers.FindAsync(request, cancel) is not { } principal)
        {
            return TypedResults.Unauthorized();
        }

        if (include is not null and not "request")
        {
            throw new SreException(SreErrorKind.Invalid, "include can be request alone.");
        }

        var incident = await incidents.GetAsync(principal.Scope, IncidentNumber.Parse(id), cancel);
        var row = IncidentRow.Of(incident);
        return TypedResults.Ok(include is null || incident.RequestId is not { } number ? row : row with { Request = await requests.FindAsync(principal.Scope, number, When(incident), cancel) });
    }

    /// <summary>The request ended in the incident's first minutes, or at most a day beside it.</summary>
    private static TimeWindow When(Incident incident) => new(new DateTimeOffset(incident.StartedAt) - Around, new DateTimeOffset(incident.ResolvedAt ?? incident.OpenedAt) + Around);
}
