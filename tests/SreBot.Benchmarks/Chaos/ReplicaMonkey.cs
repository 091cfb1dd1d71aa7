namespace SreBot.Benchmarks.Chaos;

/// <summary>Freezes, wakes and kills one of two replicas at a time, mostly the one that evaluated last.</summary>
internal sealed class ReplicaMonkey(ChaosOptions options, ReplicaStack stack, ChaosFeed feed)
{
    private readonly Random random = new(options.Seed);
    private readonly List<ReplicaBlow> blows = [];

    public IReadOnlyList<ReplicaBlow> Blows => blows;

    /// <summary>Freezes that hit the evaluator in the middle of a transaction.</summary>
    public int InTransaction { get; private set; }

    /// <summary>Until all telemetry is sent; both run at the end.</summary>
    public async Task RunAsync()
    {
        while (!feed.IsDone)
        {
            await Task.WhenAny(feed.NextDue, Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System));
            var number = await ChooseAsync();
            switch (random.Next(6))
            {
                case < 2:
                    await CatchInTransactionAsync(number);
                    await FreezeAsync(number);
                    break;
                case 2:
                    await PauseAsync(random.Next(3000));
                    await KillAsync(number);
                    break;
                default:
                    await PauseAsync(random.Next(2) == 0 ? random.Next(700) : random.Next(5000));
                    await FreezeAsync(number);
                    break;
            }
        }
    }

    private async Task<int> ChooseAsync()
    {
        var last = (await stack.Store.TicksAsync()).MaxBy(tick => tick.At)?.Who;
        var holder = last == ReplicaStack.Name(2) ? 2 : 1;
        return random.Next(5) == 0 ? 3 - holder : holder;
    }

    /// <summary>Stops it while PostgreSQL holds locks for it.</summary>
    private async Task CatchInTransactionAsync(int number)
    {
        var server = stack.Servers[number - 1];
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(8))
        {
            if (!await stack.Store.IsInTransactionAsync(ReplicaStack.Name(number)))
                continue;

            server.Freeze();
            await PauseAsync(50);
            if (await stack.Store.IsInTransactionAsync(ReplicaStack.Name(number)))
            {
                InTransaction++;
                return;
            }

            server.Thaw(); // it was through already
        }
    }

    private static Task PauseAsync(int milliseconds) => Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System);

    /// <summary>Shorter and longer than a lease, and shorter than the time that a message's sender has.</summary>
    private async Task FreezeAsync(int number)
    {
        var server = stack.Servers[number - 1];
        var start = TimeProvider.System.GetUtcNow();
        server.Freeze();
        await Task.Delay(TimeSpan.FromSeconds(random.Next(3) == 0 ? 1 + random.Next(5) : 14 + random.Next(10)), TimeProvider.System);
        blows.Add(new ReplicaBlow(ReplicaStack.Name(number), start, TimeProvider.System.GetUtcNow()));
        server.Thaw();
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
    }

    private async Task KillAsync(int number)
    {
        blows.Add(new ReplicaBlow(ReplicaStack.Name(number), TimeProvider.System.GetUtcNow(), null));
        await stack.Servers[number - 1].KillAsync();
        await Task.Delay(TimeSpan.FromSeconds(random.Next(20)), TimeProvider.System);
        await stack.Servers[number - 1].StartAsync();
    }
}
