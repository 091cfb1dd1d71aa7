using System.ComponentModel;
using System.Text.Json.Serialization;

namespace SreBot.Api;

/// <summary>Incidents, newest first.</summary>
internal sealed record IncidentPage(
    [property: JsonPropertyName("incidents")] IReadOnlyList<IncidentRow> Incidents,
    [property: JsonPropertyName("next"), Description("Send it as 'after' for the next page; null on the last.")] long? Next);
