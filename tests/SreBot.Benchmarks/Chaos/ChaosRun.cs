namespace SreBot.Benchmarks.Chaos;

/// <summary>One SreBot on embedded engines, killed and robbed of its PostgreSQL at any moment while alerts fire.</summary>
internal static class ChaosRun
{
    public static Task<ChaosReport> RunAsync(ChaosOptions options) => ChaosFolder.RunAsync((folder, receiver) => RunAsync(options, folder, receiver));

    private static async Task<(string Summary, IReadOnlyList<string> Faults)> RunAsync(ChaosOptions options, ChaosFolder folder, ChaosReceiver receiver)
    {
        await using var server = new ChaosServer(folder.File("data"), folder.File("srebot.log"), ChaosSetup.Settings(receiver, options.Hurry));
        await server.StartAsync();
        await using var store = ChaosStore.OfFolder(server.DataFolder);
        await store.RecordTicksAsync();

        var plan = PlanOf(options);
        using var sender = new ChaosSender([server], server.AdminToken!);
        var feed = new ChaosFeed(plan, sender, options.Pace);
        await feed.SendCalmAsync();
        await ChaosSetup.PrepareAsync(server, store, ChaosRules.All);
        var monkey = new ChaosMonkey(options, server, feed, receiver);
        await Task.WhenAll(feed.SendAsync(), monkey.RunAsync());

        var faults = await JudgeAsync(plan, store, receiver);
        return ($"{monkey.Kills} kills ({monkey.KillsInStart} while starting), {monkey.Stops} stops of PostgreSQL, seed {options.Seed}: {faults.Summary}; {sender.Repeats} batches sent again", faults.Faults);
    }

    /// <summary>Telemetry that ends when the run does.</summary>
    public static ChaosPlan PlanOf(ChaosOptions options)
    {
        var now = TimeProvider.System.GetUtcNow();
        var minute = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        return ChaosPlan.Of(options.Seed, minute.AddMinutes(-options.Hurry - ChaosPlan.Calm), ChaosPlan.Calm + options.Minutes);
    }

    /// <summary>Waits for the end of all work, and compares.</summary>
    public static async Task<(string Summary, IReadOnlyList<string> Faults)> JudgeAsync(ChaosPlan plan, ChaosStore store, ChaosReceiver receiver)
    {
        var isDrained = await ChaosWait.IsSeenAsync(() => store.IsDrainedAsync(plan.End), TimeSpan.FromMinutes(6));
        var comparison = await ChaosComparison.MakeAsync(ChaosTruth.Of(plan), store, receiver);
        IReadOnlyList<string> faults = isDrained ? comparison.Faults : ["the end was not reached: ticks or outbox rows are left", .. comparison.Faults];
        return ($"{(faults.Count == 0 ? "all equal" : $"{faults.Count} DIFFERENCES")}: {comparison.Summary}", faults);
    }
}
