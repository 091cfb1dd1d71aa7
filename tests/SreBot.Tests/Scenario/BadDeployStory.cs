using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace SreBot.Tests.Scenario;

/// <summary>A deploy that breaks a service and is rolled back, told to a serving SreBot by the roads that a user's own systems take: requests and changes over HTTP.</summary>
internal sealed class BadDeployStory(SreBotProcess srebot)
{
    /// <summary>What a person types to be told.</summary>
    public const string Rule = "create error_rate > 20% over 1m cooldown 0m in Project_1 where service = promo severity critical as \"Promo fails\" notify #here";

    /// <summary>What its incident is called.</summary>
    public const string Title = "in Project_1, promo";

    /// <summary>The whole past minute is told at the beginning of the next one, before it is looked at.</summary>
    public static Dictionary<string, string> Settings => new() { ["Alerts__Lag"] = "00:00:20" };

    /// <summary>Two hours without a fault, then v2, which fails from three minutes ago on.</summary>
    public async Task BreakAsync()
    {
        var minute = await MinuteAsync();
        await SendAsync(minute.AddHours(-2), minute.AddMinutes(-3), "v1", failing: 0);
        await DeployAsync("v2", minute.AddMinutes(-3));
        await SendAsync(minute.AddMinutes(-3), minute, "v2", failing: 9);
    }

    /// <summary>v1 again, without a fault, for all of the minute before this one.</summary>
    public async Task RollBackAsync()
    {
        var minute = await MinuteAsync();
        await DeployAsync("v1", minute.AddMinutes(-1));
        await SendAsync(minute.AddMinutes(-1), minute, "v1", failing: 0);
    }

    /// <summary>The start of a minute, within its first ten seconds.</summary>
    private static async Task<DateTimeOffset> MinuteAsync()
    {
        await Waiting.UntilAsync("the beginning of a minute", () => Task.FromResult(Now.Second < 10));
        var now = Now;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>A request every second on two servers.</summary>
    /// <param name="failing">Of ten.</param>
    private Task SendAsync(DateTimeOffset from, DateTimeOffset to, string version, int failing)
    {
        var lines = new StringBuilder();
        for (var (at, i) = (from, 0); at < to; at = at.AddSeconds(1), i++)
        {
            lines.Append(JsonSerializer.Serialize(new
            {
                timestamp = at.AddMilliseconds(500), project_id = "Project_1", server_id = $"Server_{1 + (i % 2)}", service = "promo", version, endpoint = "GET /promo", region = "eu-west-1",
                platform = i % 3 == 0 ? "web" : "mobile", status = i % 10 < failing ? 500 : 200, execution_time = 5 + (i % 4), cpu_usage = 30, memory_usage = 40,
            })).Append('\n');
        }

        return PostAsync("/ingest", new StringContent(lines.ToString(), Encoding.UTF8, "application/x-ndjson"));
    }

    private Task DeployAsync(string version, DateTimeOffset at) =>
        PostAsync("/changes", JsonContent.Create(new { kind = "deploy", service = "promo", version, who = "pipeline", timestamp = at.ToString("yyyy-MM-ddTHH:mm:ssZ"), project = "Project_1" }));

    private async Task PostAsync(string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(srebot.Address, path)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", srebot.AdminToken);
        using var response = await srebot.Http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }
}
