namespace SreBot.Incidents;

/// <summary>A past incident of another system, under its own number, with the request that it hangs on.</summary>
/// <param name="ExecutionTime">Of the request, in milliseconds.</param>
internal sealed record ImportedIncident(long Id, DateTimeOffset Timestamp, string RequestId, string ProjectId, string ServerId, double ExecutionTime);
