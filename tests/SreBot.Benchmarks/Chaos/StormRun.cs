using SreBot.Alerts.Rules;

namespace SreBot.Benchmarks.Chaos;

/// <summary>Thousands of rules that all fire in one tick, to one channel.</summary>
internal static class StormRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public static Task<ChaosReport> RunAsync(int count) => ChaosFolder.RunAsync((folder, receiver) => RunAsync(count, folder, receiver));

    private const string CopySql = """
        INSERT INTO alert
        SELECT (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'name', 'storm ' || number, 'threshold', a.threshold + number * 0.01))).*
        FROM alert a, generate_series(2, @count) AS number
        """;

    private static async Task<(string Summary, IReadOnlyList<string> Faults)> RunAsync(int count, ChaosFolder folder, ChaosReceiver receiver)
    {
        await using var server = new ChaosServer(folder.File("data"), folder.File("srebot.log"), ChaosSetup.Settings(receiver, hurry: 4));
        await server.StartAsync();
        await using var store = ChaosStore.OfFolder(server.DataFolder);
        await store.RecordTicksAsync();
        using var sender = new ChaosSender([server], server.AdminToken!);
        var fire = ChaosRun.PlanOf(new ChaosOptions { Hurry = 4, Length = TimeSpan.Zero });
        await SendAsync(sender, fire, 0, ChaosPlan.Calm, latency: 40);
        await ChaosSetup.PrepareAsync(server, store, [Rule()]);
        var rules = 1 + await store.ExecuteAsync(CopySql, new { count });
        await SendAsync(sender, fire, ChaosPlan.Calm, ChaosPlan.Calm + 2, latency: 40);
        await ChaosWait.UntilAsync("a calm tick with all rules", () => store.HasPassedAsync(fire.Start.AddMinutes(ChaosPlan.Calm + 1)), Patience);

        var tick = fire.Start.AddMinutes(ChaosPlan.Calm + 3);
        await SendAsync(sender, fire, ChaosPlan.Calm + 2, ChaosPlan.Calm + 4, latency: 900); // the last of them proves the one before complete
        var due = TimeProvider.System.GetUtcNow();
        await ChaosWait.UntilAsync("the tick in which all fire", () => store.HasPassedAsync(tick), Patience);
        var committed = (await store.TicksAsync()).Where(row => row.Tick == tick.UtcDateTime).Max(row => new DateTimeOffset(DateTime.SpecifyKind(row.At, DateTimeKind.Utc)));
        await ChaosWait.UntilAsync("the first message", () => Task.FromResult(Messages(receiver) > 0), Patience);
        var told = TimeProvider.System.GetUtcNow();
        var isComplete = await ChaosWait.IsSeenAsync(async () => await IncidentsAsync(store) == rules, Patience);
        var (episodes, covered) = (await EpisodesAsync(store), await IncidentsAsync(store));
        await ChaosWait.IsSeenAsync(async () => await WaitingAsync(store) == 0, TimeSpan.FromSeconds(30));
        var opened = await OpenedAsync(store, tick);

        List<string> faults = [];
        if (episodes != rules || !isComplete)
            faults.Add($"{rules} rules fired: {episodes} episodes, {covered} of them in incidents");
        if (Messages(receiver) != 1)
            faults.Add($"{Messages(receiver)} messages in one channel");

        return ($"{rules} rules in one tick: {episodes} episodes, {covered} in incidents, {Messages(receiver)} message(s) in the channel; committed {(committed - due).TotalSeconds:0.00} s after the minute was complete, " +
            $"incident opened {(opened - committed).TotalSeconds:0.00} s and first message {(told - committed).TotalSeconds:0.00} s later", faults);
    }

    /// <summary>Minutes of one server, all alike.</summary>
    private static async Task SendAsync(ChaosSender sender, ChaosPlan times, int from, int to, double latency)
    {
        for (var minute = from; minute < to; minute++)
        {
            await sender.SendAsync($"storm-{minute}", Enumerable.Range(0, ChaosPlan.Slices).SelectMany(slice => ChaosRules.Projects.Select(project =>
                new ChaosRequest($"s-{minute}-{slice}-{project}", times.Start.AddMinutes(minute).AddSeconds((slice * 10) + 6), project, "Server_1", 200, latency, 0.125, 30))));
        }
    }

    private static AlertRule Rule() => new()
    {
        Name = "storm 1",
        Projects = ["Project_1"],
        Metric = "latency",
        Aggregate = "max",
        Comparator = AlertComparator.GreaterOrEqual,
        Threshold = 300,
        Window = TimeSpan.FromMinutes(1),
        Cooldown = TimeSpan.Zero,
        Targets = [$"slack:{ChaosReceiver.Team}/{ChaosRules.Channels[0]}"],
    };

    /// <summary>In the channel itself.</summary>
    private static int Messages(ChaosReceiver receiver) => receiver.Posts.Count(post => post.Thread is null && post.Key?.StartsWith("incident:", StringComparison.Ordinal) == true);

    private static async Task<long> EpisodesAsync(ChaosStore store) => (await store.QueryAsync<long>("SELECT count(*) FROM alert_history"))[0];

    private static async Task<long> IncidentsAsync(ChaosStore store) => (await store.QueryAsync<long>("""
        SELECT count(*)
        FROM alert_history h
        WHERE EXISTS (SELECT FROM incident i WHERE i.organization_id = h.organization_id AND i.episode_id = h.id)
            OR EXISTS (SELECT FROM incident_member m WHERE m.organization_id = h.organization_id AND m.episode_id = h.id)
        """))[0];

    private const string OpenedSql = "SELECT min(done_at) FROM outbox WHERE handler = 'episodes' AND subject = @subject";

    /// <summary>When the first row that tells of the tick was done, and with it all of the tick.</summary>
    private static async Task<DateTimeOffset> OpenedAsync(ChaosStore store, DateTimeOffset tick) =>
        new(DateTime.SpecifyKind((await store.QueryAsync<DateTime?>(OpenedSql, new { subject = $"tick:{tick.ToUnixTimeSeconds()}" }))[0] ?? DateTime.MaxValue, DateTimeKind.Utc));

    private static async Task<long> WaitingAsync(ChaosStore store) => (await store.QueryAsync<long>("SELECT count(*) FROM outbox WHERE status = 'waiting'"))[0];
}
