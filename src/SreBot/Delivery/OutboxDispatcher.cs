using System.Text.Json;
using Microsoft.Extensions.Options;
using SreBot.Model;

namespace SreBot.Delivery;

/// <summary>Hands due outbox rows to their handlers, at least once each, and writes down what came of it.</summary>
internal sealed partial class OutboxDispatcher(OutboxQueue queue, IEnumerable<IOutboxHandler> handlers, IOptions<DeliveryOptions> options, TimeProvider time,
    ILogger<OutboxDispatcher> log, OutboxMeters? meters = null)
{
    private readonly Dictionary<string, IOutboxHandler> handlersByName = handlers.ToDictionary(handler => handler.Name);
    private readonly OutboxSlots slots = new();

    /// <summary>One pass: what is due now, to its end.</summary>
    /// <returns>How many rows were worked; 0: none is due.</returns>
    public async Task<int> DispatchAsync(CancellationToken cancel)
    {
        var started = await StartAsync(cancel);
        await Task.WhenAll(started);
        return started.Count;
    }

    /// <summary>Starts what is due, as far as there are free slots. A row that hangs keeps its slot and no other.</summary>
    /// <returns>The rows that were started, which end by themselves; none when nothing is due or no slot is free.</returns>
    public async Task<IReadOnlyList<Task>> StartAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (options.Value.Parallel - slots.Taken is not (> 0 and var free))
        {
            return [];
        }

        var items = await queue.TakeAsync(free, options.Value.PerTarget, slots.Crowded(options.Value.PerTarget, options.Value.Parallel / 2, now), options.Value.Lease, now, cancel);
        foreach (var item in items)
        {
            slots.Enter(item);
        }

        return [.. items.Select(item => WorkAsync(item, cancel))];
    }

    private async Task WorkAsync(OutboxItem item, CancellationToken cancel)
    {
        try
        {
            await EndAsync(item, await AttemptAsync(item, cancel), cancel);
        }
        finally
        {
            slots.Leave(item);
        }
    }

    private async Task EndAsync(OutboxItem item, OutboxOutcome outcome, CancellationToken cancel)
    {
        meters?.Attempted(item.Handler, outcome);
        switch (outcome)
        {
            case OutboxOutcome.Delivered:
                await queue.EndAsync(item, "done", null, time.GetUtcNow(), cancel);
                break;
            case OutboxOutcome.Superseded:
                await queue.EndAsync(item, "superseded", null, time.GetUtcNow(), cancel);
                break;
            case OutboxOutcome.TryAgain { After: { } after } wait: // the receiver is there and asked for patience: no attempt is lost
                LogLater(item.Handler, item.Subject, item.Target, wait.Why);
                slots.Rest(item, time.GetUtcNow() + after);
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
