using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Teams;

/// <summary><c>POST /api/messages</c>: what Teams sends. Nothing is read before the token is proven.</summary>
internal sealed partial class TeamsEndpoint(
    TeamsToken tokens, TeamsCard card, IChatTurnHandler turns, IChatStateStore state, IOptions<TeamsOptions> options, TimeProvider time, ILogger<TeamsEndpoint> logger)
{
    /// <summary>Teams' own messages end at about 100 KB.</summary>
    private const int LargestBodyBytes = 256 * 1024;

    public async Task<IResult> ReceiveAsync(HttpRequest request, CancellationToken cancel)
    {
        var header = request.Headers.Authorization;
        var isAnonymous = header.Count == 0 && options.Value.AllowAnonymous;
        var verdict = isAnonymous ? new TeamsTokenVerdict.Accepted(null, null) : await tokens.CheckAsync(header.Count == 1 ? header[0] : null, cancel);
        if (verdict is TeamsTokenVerdict.Refused refused)
            return Refuse(StatusCodes.Status401Unauthorized, refused.Why);
        if (request.ContentLength > LargestBodyBytes || await ReadAsync(request.Body, cancel) is not { } body)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        if (Parse(body) is not { } activity)
            return Results.BadRequest();
        if (!((TeamsTokenVerdict.Accepted)verdict).Covers(activity))
            return Refuse(StatusCodes.Status401Unauthorized, "the token does not speak for that channel and service");
        if (!options.Value.AllowsService(activity.ServiceUrl!))
            return Refuse(StatusCodes.Status403Forbidden, "the service is not in Teams:AllowedServiceHosts");
        if (!activity.Tenants.Any() || !activity.Tenants.All(options.Value.AllowsTenant))
            return Refuse(StatusCodes.Status403Forbidden, "the tenant is not in Teams:AllowedTenants");
        return await AnswerAsync(activity, activity.Tenants.First(), cancel);
    }

    private async Task<IResult> AnswerAsync(TeamsActivity activity, string tenant, CancellationToken cancel)
    {
        if (!IsRemoval(activity))
            await RememberAsync(activity, tenant, cancel);
        switch (activity.Type)
        {
            case "message" when TeamsTurns.FromMessage(activity, tenant, time.GetUtcNow()) is { } turn:
                await turns.EnqueueAsync(turn, cancel);
                return Results.Accepted();
            case "invoke" when activity.Name == "adaptiveCard/action" && TeamsTurns.FromInvoke(activity, tenant, time.GetUtcNow()) is { } turn:
                return await AnswerActionAsync(turn, cancel);
            case "invoke":
                return Results.StatusCode(StatusCodes.Status501NotImplemented);
            default: // conversationUpdate, installationUpdate, messageReaction and whatever comes: the reference is what counts
                return Results.Ok();
        }
    }

    /// <summary>The order in which an installation's activities come is random, so every one of them is as good as the other.</summary>
    private async Task RememberAsync(TeamsActivity activity, string tenant, CancellationToken cancel)
    {
        foreach (var (address, reference) in TeamsReference.From(activity, tenant))
            await state.SaveReferenceAsync(address, reference.ToJson(), cancel);
    }

    private static bool IsRemoval(TeamsActivity activity) =>
        activity.Type == "installationUpdate" && activity.Action?.StartsWith("remove", StringComparison.Ordinal) == true;

    /// <summary>The HTTP status is 200 whatever the answer says: anything else makes the client show its own error.</summary>
    private async Task<IResult> AnswerActionAsync(ChatTurn turn, CancellationToken cancel)
    {
        try
        {
            var reply = await turns.AnswerNowAsync(turn, cancel);
            return IsSentence(reply)
                ? Invoked(200, "application/vnd.microsoft.activity.message", reply.Summary)
                : Invoked(200, TeamsCard.ContentType, card.Render(reply));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogActionFailed(error, turn.Action!.Verb);
            return Invoked(500, "application/vnd.microsoft.error", new JsonObject { ["code"] = "InternalError", ["message"] = "Internal error" });
        }
    }

    /// <summary>A sentence is shown beside the card; anything more takes the card's place for the person who clicked.</summary>
    private static bool IsSentence(ChatReply reply) =>
        reply.Blocks.Count == 0 || reply.Blocks is [ReplySection { Title: null, Paragraphs.Count: <= 1, Bullets.Count: 0 }];

    private static IResult Invoked(int status, string type, JsonNode value) => Results.Text(
        new JsonObject { ["statusCode"] = status, ["type"] = type, ["value"] = value }.ToJsonString(TeamsJson.Options), "application/json");

    private IResult Refuse(int status, string why)
    {
        LogRefused(why);
        return Results.StatusCode(status);
    }

    /// <summary>Null when it is too large.</summary>
    private static async Task<byte[]?> ReadAsync(Stream stream, CancellationToken cancel)
    {
        var buffer = new byte[LargestBodyBytes + 1];
        var count = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        return count > LargestBodyBytes ? null : buffer[..count];
    }

    private static TeamsActivity? Parse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, TeamsJson.Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? new(document.RootElement.Clone()) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "An activity was refused: {Why}")]
    private partial void LogRefused(string why);

    [LoggerMessage(LogLevel.Error, "The button {Verb} failed")]
    private partial void LogActionFailed(Exception error, string verb);
}
