namespace SreBot.Tests.Telemetry;

/// <summary>Rows of <c>request</c> for tests.</summary>
internal static class Requests
{
    /// <summary>Yesterday at 10:00 UTC: near enough for the minute roll-ups, which keep two days by the engine's own clock.</summary>
    public static DateTimeOffset Start { get; } = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddHours(-14), TimeSpan.Zero);

    public static object?[] Row(string id, DateTimeOffset at, string project = "Project_1", double latency = 10, int status = 200, string platform = "web", string server = "Server_1", double cost = 0.5) =>
        [id, at, project, server, "checkout", "v42", "POST /pay", "eu-west-1", platform, status, latency, cost, 3, 40.0, 50.0];

    /// <summary>One a second from <see cref="Start"/>, over three projects; latency is the number, every tenth fails.</summary>
    public static IReadOnlyList<object?[]> Seconds(int count, string prefix = "r") =>
        [.. Enumerable.Range(0, count).Select(i => Row($"{prefix}{i}", Start.AddSeconds(i), $"Project_{(i % 3) + 1}", i, i % 10 == 0 ? 500 : 200, i % 2 == 0 ? "web" : "mobile"))];
}
