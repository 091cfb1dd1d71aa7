namespace SreBot.Benchmarks.Chaos;

/// <summary>How long a due tick waited because the replica that had its shard was gone.</summary>
/// <param name="IsTaken">Another took over; otherwise the replica woke before one did.</param>
internal sealed record ReplicaWait(TimeSpan Time, bool IsTaken);
