using Microsoft.AspNetCore.Http.HttpResults;
using SreBot.Access;
using SreBot.Replies;
using SreBot.Model;
using SreBot.Planning;

namespace SreBot.Api;

/// <summary><c>POST /sre_query</c>: a question in, the same answer as in chat out.</summary>
internal static class SreQueryEndpoint
{
    public static void MapSreQuery(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/sre_query", Ask)
        .Accepts<SreQueryBody>("application/json").WithTags("Questions").WithSummary("Asks, and answers as chat does.");

    private static async Task<Results<Ok<SreAnswer>, UnauthorizedHttpResult>> Ask(HttpRequest request, ApiCaller callers, TextRouter router, CancellationToken cancel)
    {
        if (await callers.FindAsync(request, cancel) is not { } principal)
        {
            return TypedResults.Unauthorized();
        }

        var query = await SreQuery.ReadAsync(request.Body, cancel);
        var scope = HasuraNarrowing.Narrow(principal.Scope, query.Role, query.Projects);
        var caller = new Caller(principal with { Scope = scope }, scope, Address: null, User: null);
        var reply = await router.AnswerAsync(query.Question, caller, thread: null, new NoProgress(), cancel);
        return TypedResults.Ok(new SreAnswer(ReplyMarkdown.Write(reply), reply));
    }

    private sealed class NoProgress : IProgress<string>
    {
        public void Report(string value)
        {
            // The caller waits for the whole answer.
        }
    }
}
