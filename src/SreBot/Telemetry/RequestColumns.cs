namespace SreBot.Telemetry;

/// <summary>The columns of <c>request</c> as one request is shown: null is "not recorded" (the contract's 0 and '' stand for it), never a 0 that nobody measured.</summary>
internal static class RequestColumns
{
    public const string Sql = """
        request_id, timestamp, project_id, server_id, nullIf(service, '') AS service, nullIf(version, '') AS version, nullIf(endpoint, '') AS endpoint,
        nullIf(region, '') AS region, nullIf(platform, '') AS platform, nullIf(status, 0) AS status, execution_time, nullIf(cost, 0) AS cost,
        number_of_active_requests, cpu_usage, memory_usage
        """;
}
