namespace SreBot.Model;

/// <summary>The dimensions of a request; the names are columns of the telemetry table <c>request</c>.</summary>
internal static class Dimensions
{
    public static IReadOnlyList<string> All { get; } = ["project_id", "server_id", "service", "version", "endpoint", "region", "platform"];
}
