namespace SreBot.Benchmarks.Chaos;

/// <summary>Two SreBots share the rules while either is frozen or killed.</summary>
internal static class ReplicaRun
{
    private static readonly TimeSpan MostFailover = TimeSpan.FromSeconds(15);

    public static Task<ChaosReport> RunAsync(ChaosOptions options) => ChaosFolder.RunAsync((folder, receiver) => RunAsync(options, folder, receiver));

    private static async Task<(string Summary, IReadOnlyList<string> Faults)> RunAsync(ChaosOptions options, ChaosFolder folder, ChaosReceiver receiver)
    {
        await using var stack = await ReplicaStack.StartAsync(folder, receiver, options.Hurry);
        await stack.Store.RecordTicksAsync();
        var plan = ChaosRun.PlanOf(options);
        using var sender = new ChaosSender(stack.Servers, stack.Servers[0].AdminToken!);
        var feed = new ChaosFeed(plan, sender, options.Pace);
        await feed.SendCalmAsync();
        await ChaosSetup.PrepareAsync(stack.Servers[0], stack.Store, ChaosRules.All);
        var monkey = new ReplicaMonkey(options, stack, feed);
        await Task.WhenAll(feed.SendAsync(), monkey.RunAsync());

        var (summary, faults) = await ChaosRun.JudgeAsync(plan, stack.Store, receiver);
        var ticks = await stack.Store.TicksAsync();
        var waits = monkey.Blows.SelectMany(blow => blow.Waits(ticks, feed.DueSince)).ToList();
        var failovers = waits.Where(wait => wait.IsTaken).Select(wait => wait.Time).Order().ToList();
        var slow = waits.Where(wait => wait.Time > MostFailover).Select(wait => $"a tick waited {wait.Time.TotalSeconds:0.0} s for {(wait.IsTaken ? "another replica" : "the frozen replica")}");
        var none = failovers.Count == 0 ? ["no replica took over from another"] : Array.Empty<string>();
        var times = failovers.Count == 0 ? "" : $", median {failovers[failovers.Count / 2].TotalSeconds:0.0} s, max {failovers[^1].TotalSeconds:0.0} s";
        var shares = string.Join(", ", ticks.CountBy(tick => tick.Who).Select(pair => $"{pair.Key} committed {pair.Value}"));
        return ($"2 replicas, {monkey.Blows.Count(blow => blow.Until is not null)} freezes ({monkey.InTransaction} in a transaction), {monkey.Blows.Count(blow => blow.Until is null)} kills, seed {options.Seed}: {summary}; {shares}; {failovers.Count} failovers{times}",
            [.. faults, .. slow, .. none]);
    }
}
