using System.Text.Json.Serialization;

namespace SreBot.Api;

/// <summary>By hour, then by server.</summary>
internal sealed record ServerMetrics([property: JsonPropertyName("server_metrics")] IReadOnlyList<ServerMetricsRow> Rows);
