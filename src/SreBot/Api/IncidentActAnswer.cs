using System.ComponentModel;
using System.Text.Json.Serialization;

namespace SreBot.Api;

/// <summary>What came of an act on an incident.</summary>
internal sealed record IncidentActAnswer(
    [property: JsonPropertyName("answer"), Description("What happened, in one sentence.")] string Answer,
    [property: JsonPropertyName("incident"), Description("As it now is.")] IncidentRow Incident);
