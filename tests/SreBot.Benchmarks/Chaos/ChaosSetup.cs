using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SreBot.Alerts.Rules;

namespace SreBot.Benchmarks.Chaos;

/// <summary>Makes rules and links channels by SreBot's own commands, as people do.</summary>
internal sealed class ChaosSetup(ChaosServer server, string token) : IDisposable
{
    private const string User = "U01";

    private readonly HttpClient http = new() { BaseAddress = server.Address };

    /// <summary>What makes SreBot speak with the receiver, and look more often than it need.</summary>
    /// <param name="hurry">How many minutes before now the telemetry may begin.</param>
    public static Dictionary<string, string> Settings(ChaosReceiver receiver, int hurry) => new()
    {
        ["Demo__Enabled"] = "false",
        ["Slack__BotToken"] = ChaosReceiver.BotToken,
        ["Slack__SigningSecret"] = ChaosReceiver.SigningSecret,
        ["Slack__ApiBase"] = receiver.ApiBase,
        ["Alerts__Timeout"] = TimeSpan.FromMinutes(hurry + 10).ToString(), // no minute is passed by time-out: what is in it is known
        ["Alerts__Poll"] = "00:00:00.5",
        ["Alerts__DigestAfter"] = "01:00:00", // where minutes are told in seconds, a restart is soon some minutes long
    };

    /// <summary>Links all channels with all projects, which telemetry has named by now, and makes the rules.</summary>
    public static async Task PrepareAsync(ChaosServer server, ChaosStore store, IReadOnlyList<AlertRule> rules)
    {
        using var setup = new ChaosSetup(server, server.AdminToken!);
        await setup.LinkAsync();
        await ChaosWait.UntilAsync("all channels linked",
            async () => (await store.QueryAsync<long>("SELECT count(*) FROM channel_link"))[0] == ChaosRules.Channels.Count * ChaosRules.Projects.Count, TimeSpan.FromMinutes(1));
        await setup.CreateAsync(rules);
        var made = await store.QueryAsync<string>("SELECT name FROM alert");
        if (made.Count != rules.Count)
            throw new InvalidOperationException($"{made.Count} of {rules.Count} rules were made: {string.Join(", ", made)}");
    }

    private async Task LinkAsync()
    {
        await SendAsync("/api/identities", new { platform = "slack", workspace = ChaosReceiver.Team, user = User, role = "admin", name = "Ann" });
        foreach (var channel in ChaosRules.Channels)
        {
            foreach (var project in ChaosRules.Projects)
            {
                await SayAsync(channel, $"<@U0BOT> link {project}");
            }
        }
    }

    private async Task CreateAsync(IEnumerable<AlertRule> rules)
    {
        foreach (var rule in rules)
        {
            await SendAsync("/sre_query", new { input = new { question = ChaosRules.Command(rule) } });
        }
    }

    public void Dispose() => http.Dispose();

    private async Task SendAsync(string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }

    /// <summary>An event as Slack delivers it.</summary>
    private async Task SayAsync(string channel, string text)
    {
        var ts = $"1790000000.{RandomNumberGenerator.GetInt32(1_000_000):000000}";
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            team_id = ChaosReceiver.Team,
            api_app_id = "A01",
            type = "event_callback",
            event_id = $"Ev{channel}{text.GetHashCode(StringComparison.Ordinal)}",
            event_time = 1790000000,
            authorizations = new[] { new { team_id = ChaosReceiver.Team, user_id = "U0BOT", is_bot = true, is_enterprise_install = false } },
            @event = new { type = "app_mention", user = User, text, ts, channel, event_ts = ts },
        });
        var at = $"{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}";
        var digest = HMACSHA256.HashData(Encoding.UTF8.GetBytes(ChaosReceiver.SigningSecret), (byte[])[.. Encoding.UTF8.GetBytes($"v0:{at}:"), .. body]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/slack/events") { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
        request.Headers.Add("X-Slack-Request-Timestamp", at);
        request.Headers.Add("X-Slack-Signature", $"v0={Convert.ToHexStringLower(digest)}");
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }
}
