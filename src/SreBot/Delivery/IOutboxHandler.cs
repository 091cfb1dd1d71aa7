namespace SreBot.Delivery;

/// <summary>Works the outbox rows of one name. A row may come again after a crash: what it does twice must be the same as once.</summary>
internal interface IOutboxHandler
{
    /// <summary><c>outbox.handler</c>, such as <c>notify</c>.</summary>
    string Name { get; }

    Task<OutboxOutcome> HandleAsync(OutboxItem item, CancellationToken cancel);
}
