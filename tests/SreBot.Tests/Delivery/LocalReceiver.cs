using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SreBot.Tests.Delivery;

/// <summary>A receiver over HTTP that keeps what it was sent and answers as it is told to, with 200 when it is told nothing. What a strict check finds is answered with 400.</summary>
internal sealed class LocalReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<Func<HttpContext, Task>> script = new();
    private readonly Func<ArrivedRequest, string?> check;
    private readonly int good;
    private readonly WebApplication app;

    private LocalReceiver(Func<ArrivedRequest, string?> check, int good)
    {
        this.check = check;
        this.good = good;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    public Uri Address => new(app.Urls.First());

    public int Port => Address.Port;

    /// <summary>In the order in which they arrived, those that were then refused too.</summary>
    public ConcurrentQueue<ArrivedRequest> Requests { get; } = new();

    /// <param name="check">What is wrong with a request; null: nothing.</param>
    /// <param name="good">The status of a request that is taken.</param>
    public static async Task<LocalReceiver> StartAsync(Func<ArrivedRequest, string?>? check = null, int good = 200)
    {
        var receiver = new LocalReceiver(check ?? (_ => null), good);
        await receiver.app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>The next request is answered so, after it was kept.</summary>
    public void Next(int status, string body = "", params (string Name, string Value)[] headers) => script.Enqueue(context =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        return context.Response.WriteAsync(body);
    });

    /// <summary>The next request is kept and never answered.</summary>
    public void NextHangs() => script.Enqueue(context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));

    /// <summary>The next request is kept, then the connection ends.</summary>
    public void NextDrops() => script.Enqueue(context =>
    {
        context.Abort();
        return Task.CompletedTask;
    });

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var arrived = new ArrivedRequest(context.Request.Method, context.Request.Path, await reader.ReadToEndAsync(context.RequestAborted),
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        Requests.Enqueue(arrived);
        if (script.TryDequeue(out var answer))
        {
            await answer(context);
            return;
        }

        var wrong = check(arrived);
        context.Response.StatusCode = wrong is null ? good : 400;
        await context.Response.WriteAsync(wrong is null ? "" : $$"""{"status":"invalid","message":"{{wrong}}"}""");
    }
}
