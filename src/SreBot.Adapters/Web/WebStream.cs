using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace SreBot.Adapters.Web;

/// <summary>
/// Server-sent events of one channel: <c>message</c> with a <see cref="WebMessage"/>, whose id is its revision, so that a browser which reconnects goes on where it was;
/// <c>progress</c> with <c>{thread, text}</c>.
/// </summary>
internal static class WebStream
{
    // A stream ends now and then and the browser opens the next: that is when sign-in is checked again.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public static async Task<IResult> Follow(
        string channel, long? after, HttpContext context, IWebConsoleStore store, WebSignals signals, IOptions<WebConsoleOptions> options, TimeProvider time,
        IHostApplicationLifetime host, CancellationToken cancel)
    {
        var visitor = context.Visitor();
        if (!visitor.Channels.Contains(channel))
            return WebMessageEndpoints.NoChannel(channel);
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers["X-Accel-Buffering"] = "no";

        using var lifetime = new CancellationTokenSource(Lifetime, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel, host.ApplicationStopping, lifetime.Token);
        using var subscription = signals.Subscribe(visitor.User.Workspace, channel);
        await using var ticks = time.CreateTimer(_ => subscription.Write(WebSignal.Tick), null, options.Value.Poll, options.Value.Poll);
        try
        {
            var writer = new Writer(context.Response, store, visitor, channel, Start(context.Request, after));
            await writer.OpenAsync(end.Token);
            await foreach (var signal in subscription.ReadAllAsync(end.Token))
                await writer.WriteAsync(signal, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The browser left, the process stops, or the stream has lived long enough.
        }
        return TypedResults.Empty;
    }

    private static long Start(HttpRequest request, long? after) =>
        long.TryParse(request.Headers["Last-Event-ID"].ToString(), out var last) ? last : Math.Max(after ?? 0, 0);

    private sealed class Writer(HttpResponse response, IWebConsoleStore store, WebVisitor visitor, string channel, long revision)
    {
        public async Task OpenAsync(CancellationToken cancel)
        {
            await response.WriteAsync("retry: 1000\n\n", cancel);
            await WriteNewAsync(cancel);
            await response.Body.FlushAsync(cancel);
        }

        public async Task WriteAsync(WebSignal signal, CancellationToken cancel)
        {
            if (signal.Progress is { } text)
                await response.WriteAsync($"event: progress\ndata: {JsonSerializer.Serialize(new { signal.Thread, text }, WebJson.Options)}\n\n", cancel);
            else
                await WriteNewAsync(cancel);
            if (signal.IsTick)
                await response.WriteAsync(": here\n\n", cancel);
            await response.Body.FlushAsync(cancel);
        }

        private async Task WriteNewAsync(CancellationToken cancel)
        {
            IReadOnlyList<WebMessage> messages;
            do
            {
                messages = await store.ReadAsync(visitor, channel, revision, WebMessageEndpoints.Page, cancel);
                foreach (var message in messages.OrderBy(message => message.Revision))
                {
                    await response.WriteAsync($"id: {message.Revision}\nevent: message\ndata: {JsonSerializer.Serialize(message, WebJson.Options)}\n\n", cancel);
                    revision = message.Revision;
                }
            }
            while (messages.Count == WebMessageEndpoints.Page);
        }
    }
}
