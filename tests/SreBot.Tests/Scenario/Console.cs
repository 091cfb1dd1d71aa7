using System.Net.Http.Json;
using System.Text.Json;

namespace SreBot.Tests.Scenario;

/// <summary>The browser console's own requests, as the demo's visitor sends them.</summary>
internal sealed class Console(SreBotProcess srebot)
{
    public async Task SayAsync(string text, string id, long? threadId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(srebot.Address, "/console/messages")) { Content = JsonContent.Create(new { channel = "incidents", text, id, threadId }) };
        request.Headers.Add("Origin", srebot.Address.GetLeftPart(UriPartial.Authority));
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var response = await srebot.Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Everything in the channel, threads included.</summary>
    public async Task<List<JsonElement>> ReadAsync() =>
        [.. (await srebot.Http.GetFromJsonAsync<JsonElement>(new Uri(srebot.Address, "/console/messages?channel=incidents"))).EnumerateArray()];

    public static string Text(JsonElement message) => message.GetProperty("text").GetString()!;

    public static long? Thread(JsonElement message) => message.TryGetProperty("threadId", out var thread) && thread.ValueKind == JsonValueKind.Number ? thread.GetInt64() : null;
}
