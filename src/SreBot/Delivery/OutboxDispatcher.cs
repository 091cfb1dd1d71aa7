using System.Text.Json;
using Microsoft.Extensions.Options;
using SreBot.Model;

namespace SreBot.Delivery;

/// <summary>Hands due outbox rows to their handlers, at least once each, and writes down what came of it.</summary>
internal sealed partial class OutboxDispatcher(OutboxQueue queue, IEnumerable<IOutboxHandler> handlers, IOptions<DeliveryOptions> options, TimeProvider time,
    ILogger<OutboxDispatcher> log)
{
    private readonly Dictionary<string, IOutboxHandler> handlersByName = handlers.ToDictionary(handler => handler.Name);

    /// <summary>One pass.</summary>
    /// <returns>How many rows were worked; 0: none is due.</returns>
    public async Task<int> DispatchAsync(CancellationToken cancel)
    {
        var items = await queue.TakeAsync(options.Value.Parallel, options.Value.Lease, time.GetUtcNow(), cancel);
        await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = options.Value.Parallel, CancellationToken = cancel },
            async (item, stop) => await WorkAsync(item, stop));
        return items.Count;
    }

    private async Task WorkAsync(OutboxItem item, CancellationToken cancel)
    {
        switch (await AttemptAsync(item, cancel))
        {
            case OutboxOutcome.Delivered:
                await queue.EndAsync(item, "done", null, time.GetUtcNow(), cancel);
                break;
            case OutboxOutcome.Superseded:
                await queue.EndAsync(item, "superseded", null, time.GetUtcNow(), cancel);
                break;
            case OutboxOutcome.TryAgain { After: { } after } wait: // the receiver is there and asked for patience: no attempt is lost
                LogLater(item.Handler, item.Subject, item.Target, wait.Why);
                await queue.PutBackAsync(item, item.Attempts - 1, wait.Why, time.GetUtcNow() + after, cancel);
                break;
            case OutboxOutcome.TryAgain again when item.Attempts < options.Value.Attempts:
                LogLater(item.Handler, item.Subject, item.Target, again.Why);
                await queue.PutBackAsync(item, item.Attempts, again.Why, time.GetUtcNow() + BackOff.After(item.Attempts, Random.Shared.NextDouble()), cancel);
                break;
            case OutboxOutcome.TryAgain last:
                await DieAsync(item, $"{last.Why} ({item.Attempts} attempts)", cancel);
                break;
            case OutboxOutcome.GaveUp dead:
                await DieAsync(item, dead.Why, cancel);
                break;
        }
    }

    private async Task<OutboxOutcome> AttemptAsync(OutboxItem item, CancellationToken cancel)
    {
        if (!handlersByName.TryGetValue(item.Handler, out var handler))
        {
            return new OutboxOutcome.GaveUp($"Nothing here handles '{item.Handler}' rows.");
        }

        using var limit = new CancellationTokenSource(options.Value.Lease * 5 / 6, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            return await handler.HandleAsync(item, both.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new OutboxOutcome.TryAgain("It took too long.");
        }
        catch (SreException error) when (error.Kind != SreErrorKind.Unavailable)
        {
            return new OutboxOutcome.GaveUp(error.Message);
        }
        catch (JsonException error)
        {
            return new OutboxOutcome.GaveUp($"The payload cannot be read: {error.Message}");
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogFailed(error, item.Handler, item.Subject, item.Target);
            return new OutboxOutcome.TryAgain(error is SreException known ? known.Message : "Internal error");
        }
    }

    private async Task DieAsync(OutboxItem item, string why, CancellationToken cancel)
    {
        LogDead(item.Handler, item.Subject, item.Target, why);
        await queue.EndAsync(item, "dead", why, time.GetUtcNow(), cancel);
    }

    [LoggerMessage(LogLevel.Information, "{Handler} of {Subject} to {Target} is tried again later: {Why}")]
    private partial void LogLater(string handler, string subject, string target, string why);

    [LoggerMessage(LogLevel.Error, "{Handler} of {Subject} to {Target} failed")]
    private partial void LogFailed(Exception error, string handler, string subject, string target);

    [LoggerMessage(LogLevel.Error, "{Handler} of {Subject} to {Target} is dead: {Why}")]
    private partial void LogDead(string handler, string subject, string target, string why);
}
