using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SreBot.Tests.Delivery;

namespace SreBot.Tests.Scenario;

/// <summary>Receivers through the running product: added by HTTP, told through the outbox, what failed seen on the page and sent again.</summary>
public sealed class ReceiverScenarioTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_admin_adds_a_webhook_tests_it_and_sends_again_what_it_refused()
    {
        using var folder = new TempFolder();
        await using var receiver = await LocalReceiver.StartAsync();
        await using var srebot = await SreBotProcess.StartAsync(folder.Path, new Dictionary<string, string>
        {
            ["Webhooks__AllowPrivate"] = "true", ["Webhooks__AllowPlain"] = "true", ["Secrets__MasterKey"] = "q0Zf4mYl0y5Qm1y9cT2v8w3x6z7A8B9C",
        });
        receiver.Next(400, "not today");

        using var stranger = await srebot.Http.PostAsJsonAsync(new Uri(srebot.Address, "/api/receivers"), new { kind = "webhook", name = "ops", address = receiver.Address }, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        var added = await SendAsync(srebot, HttpMethod.Post, "/api/receivers", new { kind = "webhook", name = "ops", address = receiver.Address });
        Assert.StartsWith("whsec_", added.GetProperty("secret").GetString(), StringComparison.Ordinal);
        await SendAsync(srebot, HttpMethod.Post, "/api/receivers/webhook:ops/test");

        await Waiting.UntilAsync("the refused test on the page", async () => (await TextAsync(srebot, "/deliveries")).Contains("webhook:ops answered 400: not today", StringComparison.Ordinal));
        Assert.Equal(1, (await SendAsync(srebot, HttpMethod.Get, "/healthz")).GetProperty("outbox").GetProperty("dead").GetInt32());
        Assert.Equal(1, (await SendAsync(srebot, HttpMethod.Post, "/api/deliveries/again")).GetProperty("count").GetInt32());
        await Waiting.UntilAsync("the test message", () => Task.FromResult(receiver.Requests.Count == 2));

        Assert.Single(receiver.Requests.Select(request => request.Header("webhook-id")).Distinct());
        var listed = (await SendAsync(srebot, HttpMethod.Get, "/api/receivers")).EnumerateArray().Single();
        Assert.Equal("webhook:ops", listed.GetProperty("target").GetString());
        Assert.False(listed.TryGetProperty("secret", out _));
        await SendAsync(srebot, HttpMethod.Delete, "/api/receivers/webhook:ops");
        Assert.Empty((await SendAsync(srebot, HttpMethod.Get, "/api/receivers")).EnumerateArray());
    }

    private static async Task<JsonElement> SendAsync(SreBotProcess srebot, HttpMethod method, string path, object? body = null)
    {
        var text = await TextAsync(srebot, path, method, body);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    private static async Task<string> TextAsync(SreBotProcess srebot, string path, HttpMethod? method = null, object? body = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(srebot.Address, path)) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", srebot.AdminToken);
        using var response = await srebot.Http.SendAsync(request, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode} {text}");
        return text;
    }
}
