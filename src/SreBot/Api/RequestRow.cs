using System.ComponentModel;
using System.Data.Common;
using System.Text.Json.Serialization;

namespace SreBot.Api;

/// <summary>One request, under the columns' own names. Null is "not recorded".</summary>
internal sealed record RequestRow(
    [property: JsonPropertyName("request_id")] string RequestId,
    [property: JsonPropertyName("timestamp"), Description("When it ended, UTC.")] DateTime Timestamp,
    [property: JsonPropertyName("project_id")] string ProjectId,
    [property: JsonPropertyName("server_id")] string ServerId,
    [property: JsonPropertyName("service")] string? Service,
    [property: JsonPropertyName("version")] string? Version,
    [property: JsonPropertyName("endpoint")] string? Endpoint,
    [property: JsonPropertyName("region")] string? Region,
    [property: JsonPropertyName("platform")] string? Platform,
    [property: JsonPropertyName("status"), Description("HTTP status.")] int? Status,
    [property: JsonPropertyName("execution_time"), Description("Milliseconds.")] double ExecutionTime,
    [property: JsonPropertyName("cost"), Description("US dollars.")] double? Cost,
    [property: JsonPropertyName("number_of_active_requests"), Description("On that server, at that moment.")] long NumberOfActiveRequests,
    [property: JsonPropertyName("cpu_usage"), Description("Percent, of that server.")] double CpuUsage,
    [property: JsonPropertyName("memory_usage"), Description("Percent, of that server.")] double MemoryUsage)
{
    /// <summary>From a read of <see cref="Telemetry.RequestColumns"/>.</summary>
    public static RequestRow Of(DbDataReader reader) => new(
        reader.GetString(0), reader.GetDateTime(1), reader.GetString(2), reader.GetString(3), Text(reader, 4), Text(reader, 5), Text(reader, 6), Text(reader, 7), Text(reader, 8),
        reader.IsDBNull(9) ? null : Convert.ToInt32(reader.GetValue(9)), reader.GetDouble(10), reader.IsDBNull(11) ? null : reader.GetDouble(11),
        Convert.ToInt64(reader.GetValue(12)), reader.GetDouble(13), reader.GetDouble(14));

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
