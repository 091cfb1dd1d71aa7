using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace SreBot.Adapters.Slack;

/// <summary>Slack's HTTP deliveries: events, commands and clicks, each at any of the paths. The signature is checked before anything is read.</summary>
internal static class SlackEventsEndpoint
{
    /// <summary>As in Slack's own library.</summary>
    private const int LongestBody = 4 * 1024 * 1024;

    public static async Task<IResult> TakeAsync(HttpContext http, SlackInbound inbound, IOptions<SlackOptions> options, TimeProvider time, CancellationToken cancel)
    {
        if (await ReadAsync(http.Request, cancel) is not { } body)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        var isForm = http.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;
        if (isForm && IsCertificateCheck(body))
            return Results.Ok();
        var headers = http.Request.Headers;
        if (!SlackSignature.IsValid(options.Value.SigningSecret!, headers[SlackSignature.TimestampHeader], headers[SlackSignature.SignatureHeader], body, time.GetUtcNow()))
            return Results.Unauthorized();
        if (Parse(body, isForm) is not var (kind, payload))
        {
            http.Response.Headers["X-Slack-No-Retry"] = "1";
            return Results.BadRequest();
        }
        var envelope = SlackEnvelope.Read(kind, payload, time.GetUtcNow());
        if (envelope is SlackEnvelope.Challenge challenge)
            return Results.Text(challenge.Text);
        return await inbound.TakeAsync(envelope, cancel) switch
        {
            { IsTaken: false } => Results.StatusCode(StatusCodes.Status503ServiceUnavailable),
            { Payload: { } answer } => Results.Text(answer.ToJsonString(SlackJson.Compact), "application/json"),
            _ => Results.Ok(),
        };
    }

    /// <summary>Null when it is too long.</summary>
    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = LongestBody;
        try
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, cancel);
            return body.Length <= LongestBody ? body.ToArray() : null;
        }
        catch (BadHttpRequestException tooLong) when (tooLong.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }

    /// <summary>Slack's check of the certificate is a form without a signature.</summary>
    private static bool IsCertificateCheck(byte[] body) => body.Length < 1024 && Utf8.IsValid(body) && Form(body).GetValueOrDefault("ssl_check") == "1";

    private static (SlackEnvelopeKind Kind, JsonElement Payload)? Parse(byte[] body, bool isForm)
    {
        try
        {
            if (!Utf8.IsValid(body))
                return null;
            if (!isForm)
                return (SlackEnvelopeKind.Event, JsonSerializer.Deserialize<JsonElement>(body));
            var form = Form(body);
            if (form.GetValueOrDefault("payload") is { Count: 1 } payload)
                return (SlackEnvelopeKind.Interaction, JsonSerializer.Deserialize<JsonElement>(payload[0]!));
            return form.ContainsKey("command")
                ? (SlackEnvelopeKind.Command, JsonSerializer.SerializeToElement(form.ToDictionary(field => field.Key, field => field.Value.ToString())))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Dictionary<string, StringValues> Form(byte[] body) => QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body));
}
