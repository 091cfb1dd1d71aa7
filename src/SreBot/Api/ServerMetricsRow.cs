using System.ComponentModel;
using System.Text.Json.Serialization;

namespace SreBot.Api;

/// <summary>One server in one hour.</summary>
internal sealed record ServerMetricsRow(
    [property: JsonPropertyName("server_id")] string ServerId,
    [property: JsonPropertyName("hour"), Description("Its beginning, UTC.")] DateTime Hour,
    [property: JsonPropertyName("avg_cpu_usage"), Description("Percent.")] double AvgCpuUsage,
    [property: JsonPropertyName("avg_memory_usage"), Description("Percent.")] double AvgMemoryUsage,
    [property: JsonPropertyName("total_requests"), Description("As it was imported, or the requests counted.")] long TotalRequests,
    [property: JsonPropertyName("source"), Description("imported: the tutorial's own aggregate, for those who may see the whole organization; computed: from the requests that you may see.")] string Source);
