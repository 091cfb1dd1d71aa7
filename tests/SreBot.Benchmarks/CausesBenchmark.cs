using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SreBot.Benchmarks.Causes;
using SreBot.Cli.Seeding;
using SreBot.Hosting;
using SreBot.Model;

namespace SreBot.Benchmarks;

/// <summary>What <c>seed --causes all</c> plants, asked for over HTTP as a person would, and judged by the ground truth; then the tutorial's data, which has no cause.</summary>
internal static class CausesBenchmark
{
    /// <summary>The evaluator is cut short each time that the demo's database is made anew.</summary>
    private static readonly Dictionary<string, string?> Quiet = new() { ["Logging:LogLevel:Default"] = "None" };

    public static async Task<int> RunAsync(int seeds, long first, string causes, bool isFull)
    {
        var start = Stopwatch.GetTimestamp();
        await using var srebot = await SreBotHost.StartAsync(new ServeSettings(null, IsEphemeral: true, "http://127.0.0.1:0", IsQuiet: true), Quiet, TimeProvider.System, CancellationToken.None);
        using var http = new HttpClient { BaseAddress = srebot.Address, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", srebot.Token);
        var tutorial = new TutorialData(((SreBotHost)srebot).Services);
        var judged = new List<Judgement>();
        for (var seed = first; seed < first + seeds; seed++)
        {
            foreach (var cause in await SeedAsync(http, seed, causes))
            {
                judged.Add(Judgement.Of(seed, cause, cause.OpenedBy!, await AskAsync(http, cause.Incident!.Value)));
            }

            if (causes == "all")
                judged.Add(await tutorial.WithAsync(seed, async incident => Judgement.OfTutorial(seed, await AskAsync(http, incident)), CancellationToken.None));
        }

        JudgementTable.Print(judged, Stopwatch.GetElapsedTime(start), isFull);
        return 0;
    }

    private static async Task<IReadOnlyList<PlantedCause>> SeedAsync(HttpClient http, long seed, string causes)
    {
        using var response = await http.PostAsJsonAsync("/api/demo", new { seed, requestsAMinute = 100, servers = 10, projects = 3, causes = new[] { causes } });
        response.EnsureSuccessStatusCode();
        var json = await response.Content.ReadFromJsonAsync<JsonElement>();
        return json.GetProperty("truth").Deserialize<List<PlantedCause>>(SreJson.Options)!;
    }

    private static async Task<string> AskAsync(HttpClient http, long incident)
    {
        using var response = await http.PostAsJsonAsync("/sre_query", new { input = new { question = $"what is the root cause of INC-{incident}?" } });
        response.EnsureSuccessStatusCode();
        var json = await response.Content.ReadFromJsonAsync<JsonElement>();
        return json.GetProperty("answer").GetString()!;
    }
}
