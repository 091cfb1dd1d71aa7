using Microsoft.AspNetCore.Diagnostics;
using SreBot.Model;

namespace SreBot.Api;

/// <summary>Gives an error that came without a body the same form as every other: <c>{"error": "one sentence"}</c>.</summary>
internal static class StatusSentences
{
    public static Task WriteAsync(StatusCodeContext context) =>
        context.HttpContext.Response.WriteAsJsonAsync(new Sentence(Of(context.HttpContext.Response.StatusCode)), SreJson.Options);

    private static string Of(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "Send an API token that is known here: Authorization: Bearer TOKEN, or as the password of basic authentication.",
        StatusCodes.Status404NotFound => "There is nothing at this address; /openapi/v1.json lists what there is.",
        StatusCodes.Status405MethodNotAllowed => "This address does not take that method; /openapi/v1.json lists what it takes.",
        StatusCodes.Status415UnsupportedMediaType => "The body must be JSON: send Content-Type: application/json.",
        _ => "The request could not be answered.",
    };

    private sealed record Sentence(string Error);
}
