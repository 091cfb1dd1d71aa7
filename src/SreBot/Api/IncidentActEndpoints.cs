using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using SreBot.Access;
using SreBot.Incidents;
using SreBot.Model;

namespace SreBot.Api;

/// <summary><c>POST /api/incidents/{id}/…</c>: what people do to incidents, for an sre or an admin; the same again is the same as once.</summary>
internal static class IncidentActEndpoints
{
    public static void MapIncidentActs(this IEndpointRouteBuilder endpoints)
    {
        var incidents = endpoints.MapGroup("/api/incidents/{id}").WithTags("Incidents");
        incidents.MapPost("/acknowledge", Acknowledge).WithSummary("Acknowledges an incident: it is not repeated or escalated any more.");
        incidents.MapPost("/resolve", Resolve).WithSummary("Resolves an incident.");
        incidents.MapPost("/snooze", Snooze).WithSummary("Snoozes an incident: nothing but its end is said of it, for a time or until it is resolved.");
        incidents.MapPost("/unsnooze", Wake).WithSummary("Ends the snooze of an incident.");
        incidents.MapPost("/ticket", Ticket).WithSummary("Ties an incident to a ticket.");
    }

    private static Task<Results<Ok<IncidentActAnswer>, UnauthorizedHttpResult>> Acknowledge(
        HttpRequest request, ApiCaller callers, IncidentChanges changes, IncidentStore store, [Description("42 or INC-42.")] string id, CancellationToken cancel) =>
        DoAsync(request, callers, changes, store, id, () => new IncidentAct.Acknowledge(), cancel);

    private static Task<Results<Ok<IncidentActAnswer>, UnauthorizedHttpResult>> Resolve(
        HttpRequest request, ApiCaller callers, IncidentChanges changes, IncidentStore store, [Description("42 or INC-42.")] string id, CancellationToken cancel) =>
        DoAsync(request, callers, changes, store, id, () => new IncidentAct.Resolve(), cancel);

    private static Task<Results<Ok<IncidentActAnswer>, UnauthorizedHttpResult>> Wake(
        HttpRequest request, ApiCaller callers, IncidentChanges changes, IncidentStore store, [Description("42 or INC-42.")] string id, CancellationToken cancel) =>
        DoAsync(request, callers, changes, store, id, () => new IncidentAct.Wake(), cancel);

    private static Task<Results<Ok<IncidentActAnswer>, UnauthorizedHttpResult>> Snooze(
        HttpRequest request, ApiCaller callers, IncidentChanges changes, IncidentStore store, [Description("42 or INC-42.")] string id,
        [Description("Such as 30m, 2h or 1d; until it is resolved when left out.")] string? time, CancellationToken cancel) =>
        DoAsync(request, callers, changes, store, id, () => new IncidentAct.Snooze(SnoozeTime.Parse(time)), cancel);

    private static Task<Results<Ok<IncidentActAnswer>, UnauthorizedHttpResult>> Ticket(
        HttpRequest request, ApiCaller callers, IncidentChanges changes, IncidentStore store, [Description("42 or INC-42.")] string id,
        [Description("A web address; without one the ticket is taken away.")] string? url, CancellationToken cancel) =>
        DoAsync(request, callers, changes, store, id, () => new IncidentAct.Ticket(string.IsNullOrWhiteSpace(url) ? null : url), cancel);

    private static async Task<Results<Ok<IncidentActAnswer>, UnauthorizedHttpResult>> DoAsync(
        HttpRequest request, ApiCaller callers, IncidentChanges changes, IncidentStore store, string id, Func<IncidentAct> act, CancellationToken cancel)
    {
        if (await callers.FindAsync(request, cancel) is not { } principal)
        {
            return TypedResults.Unauthorized();
        }

        var number = IncidentNumber.Parse(id);
        var sentence = await changes.DoAsync(new Caller(principal, principal.Scope, null, null), number, act(), cancel);
        return TypedResults.Ok(new IncidentActAnswer(sentence, IncidentRow.Of(await store.GetAsync(principal.Scope, number, cancel))));
    }
}
