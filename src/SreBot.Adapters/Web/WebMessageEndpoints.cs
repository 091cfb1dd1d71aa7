using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Web;

/// <summary>Reading, saying, clicking.</summary>
internal static class WebMessageEndpoints
{
    /// <summary>Of a request's body: room for a pasted log, which the bot then answers, since a refusal by the transport helps nobody.</summary>
    public const int MostBytes = 2_000_000;

    /// <summary>How many messages a channel shows when it is opened.</summary>
    public const int Page = 200;

    private const int LongestId = 64;
    private const int MostFields = 20;
    private const int LongestField = 3_000;

    public static async Task<IResult> Read(string channel, HttpContext context, IWebConsoleStore store, CancellationToken cancel) =>
        context.Visitor().Channels.Contains(channel)
            ? TypedResults.Json(await store.ReadAsync(context.Visitor(), channel, 0, Page, cancel), WebJson.Options)
            : NoChannel(channel);

    /// <summary>Stores what was said, then hands it on. The same id sent again stores nothing twice and is answered once.</summary>
    public static async Task<IResult> Say(
        SayRequest request, HttpContext context, IWebConsoleStore store, WebSignals signals, IChatTurnHandler turns, IOptions<WebConsoleOptions> options, CancellationToken cancel)
    {
        var (visitor, user) = (context.Visitor(), context.Visitor().User);
        if (!visitor.Channels.Contains(request.Channel))
            return NoChannel(request.Channel);
        if (string.IsNullOrWhiteSpace(request.Text) || request.Id is not { Length: > 0 and <= LongestId })
            return WebGuard.Refuse("A message needs some text and an id of its own.", StatusCodes.Status400BadRequest);

        var message = await store.AddAsync(
            new(user.Workspace, request.Channel, request.ThreadId, null, user.Name ?? user.Id, false, request.Text, null, $"said/{user.Id}/{request.Id}"), cancel);
        signals.Publish(user.Workspace, request.Channel, WebSignal.Changed);

        var words = WebWords.Read(message.Text, options.Value.BotName, options.Value.CommandPrefix);
        await turns.EnqueueAsync(new ChatTurn
        {
            EventId = $"{user.Workspace}/{message.Id}",
            Kind = words.Kind,
            Address = new(WebPoster.PlatformName, user.Workspace, message.Channel, $"{message.ThreadId ?? message.Id}"),
            User = user,
            Text = words.Text,
            Command = words.Command,
            MessageId = $"{message.Id}",
            At = message.At,
        }, cancel);
        return TypedResults.Json(message, WebJson.Options);
    }

    /// <summary>Answers a click at once, in the thread, to the person who clicked.</summary>
    public static async Task<IResult> Act(
        ActRequest request, HttpContext context, IWebConsoleStore store, WebSignals signals, IChatTurnHandler turns, IOptions<WebConsoleOptions> options, TimeProvider time,
        CancellationToken cancel)
    {
        var (visitor, user) = (context.Visitor(), context.Visitor().User);
        if (!visitor.Channels.Contains(request.Channel))
            return NoChannel(request.Channel);
        if (request.Id is not { Length: > 0 and <= LongestId } || request.Verb is not { Length: > 0 and <= 100 } || request.Value is not { Length: <= 2_000 })
            return WebGuard.Refuse("A click needs a verb, a value and an id of its own.", StatusCodes.Status400BadRequest);
        if (request.Fields is { } filled && (filled.Count > MostFields || filled.Values.Any(values => values is null || values.Any(value => value is null or { Length: > LongestField }))))
            return WebGuard.Refuse("That form holds more than it can.", StatusCodes.Status400BadRequest);
        var key = $"answer/{user.Id}/{request.Id}";
        if (await store.FindAsync(user.Workspace, request.Channel, key, cancel) is { } earlier)
            return TypedResults.Json(earlier, WebJson.Options);

        var thread = request.ThreadId ?? request.MessageId;
        var reply = await turns.AnswerNowAsync(new ChatTurn
        {
            EventId = $"{user.Workspace}/click/{user.Id}/{request.Id}",
            Kind = ChatTurnKind.Action,
            Address = new(WebPoster.PlatformName, user.Workspace, request.Channel, $"{thread}"),
            User = user,
            MessageId = $"{request.MessageId}",
            Action = new(request.Verb, request.Value) { Fields = request.Fields },
            At = time.GetUtcNow(),
        }, cancel);
        if (reply.Mistakes is { Count: > 0 } mistakes)
            return TypedResults.Json(new FormMistakes(mistakes), WebJson.Options);
        if (reply.Summary.Length == 0 && reply.Blocks.Count == 0)
            return TypedResults.NoContent();

        var answer = await store.AddAsync(
            new(user.Workspace, request.Channel, thread, user.Id, options.Value.BotName, true, reply.Summary, reply with { IsPrivate = true }, key), cancel);
        signals.Publish(user.Workspace, request.Channel, WebSignal.Changed);
        return TypedResults.Json(answer, WebJson.Options);
    }

    public static IResult NoChannel(string? channel) => WebGuard.Refuse($"There is no channel '{channel}' for you.", StatusCodes.Status404NotFound);

    /// <param name="Id">Chosen by the page, unique for each message of its person.</param>
    internal sealed record SayRequest(string Channel, string Text, long? ThreadId, string Id);

    /// <param name="MessageId">The message that carries the button.</param>
    /// <param name="ThreadId">The thread that message is in, if any.</param>
    /// <param name="Fields">What was filled in; null: no form was sent.</param>
    internal sealed record ActRequest(string Channel, string Verb, string Value, long MessageId, long? ThreadId, string Id, IReadOnlyDictionary<string, IReadOnlyList<string>>? Fields = null);

    /// <param name="Mistakes">By the names of the fields.</param>
    internal sealed record FormMistakes(IReadOnlyDictionary<string, string> Mistakes);
}
