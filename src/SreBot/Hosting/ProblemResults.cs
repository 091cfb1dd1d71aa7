using Microsoft.AspNetCore.Diagnostics;
using SreBot.Model;

namespace SreBot.Hosting;

/// <summary>Turns a failure into an HTTP answer: a person's sentence, or "Internal error".</summary>
internal sealed class ProblemResults : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancel)
    {
        var (status, sentence) = exception switch
        {
            SreException error => (Status(error.Kind), error.Message),
            BadHttpRequestException error => (error.StatusCode, "The request could not be read; check its address, headers and body against /openapi/v1.json."),
            _ => (StatusCodes.Status500InternalServerError, "Internal error; the log says more."),
        };
        context.Response.StatusCode = status;
        if (status is StatusCodes.Status429TooManyRequests)
        {
            context.Response.Headers.RetryAfter = "1"; // seconds
        }

        await context.Response.WriteAsJsonAsync(new Problem(sentence), SreJson.Options, cancel);
        return true;
    }

    private static int Status(SreErrorKind kind) => kind switch
    {
        SreErrorKind.Invalid => StatusCodes.Status400BadRequest,
        SreErrorKind.NotFound => StatusCodes.Status404NotFound,
        SreErrorKind.Conflict => StatusCodes.Status409Conflict,
        SreErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        SreErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        SreErrorKind.Busy => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status503ServiceUnavailable,
    };

    private sealed record Problem(string Error);
}
