using SreBot.Benchmarks.Chaos;

namespace SreBot.Benchmarks;

/// <summary>Whether an alert is lost or doubled, whatever is killed.</summary>
internal static class ChaosBenchmark
{
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] words)
    {
        var options = new ChaosOptions
        {
            Seed = Number(words, "--seed", 1),
            Kills = Number(words, "--kills", 200),
            PostgresStops = Number(words, "--postgres-stops", 20),
            Length = TimeSpan.FromMinutes(Number(words, "--minutes", 20)),
            Hurry = Number(words, "--hurry", 0),
        };
        var report = true switch
        {
            _ when words.Contains("--replicas") => await ReplicaRun.RunAsync(options),
            _ when words.Contains("--storm") => await StormRun.RunAsync(Number(words, "--storm", 5500)),
            _ => await ChaosRun.RunAsync(options),
        };
        return report.Print();
    }

    private static int Number(string[] words, string name, int unless) => Array.IndexOf(words, name) is >= 0 and var at && at + 1 < words.Length ? int.Parse(words[at + 1]) : unless;
}
