using System.ComponentModel;
using System.Text.Json.Serialization;

namespace SreBot.Api;

/// <summary>Requests, newest first.</summary>
internal sealed record RequestPage(
    [property: JsonPropertyName("requests")] IReadOnlyList<RequestRow> Requests,
    [property: JsonPropertyName("next"), Description("Send it as 'after' for the next page; null on the last.")] string? Next);
