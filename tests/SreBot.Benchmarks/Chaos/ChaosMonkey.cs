using SreBot.Embedded;

namespace SreBot.Benchmarks.Chaos;

/// <summary>Strikes at moments that the seed draws: at any time, just after a tick became due, while a message is on its way, and while SreBot starts again.</summary>
internal sealed class ChaosMonkey(ChaosOptions options, ChaosServer server, ChaosFeed feed, ChaosReceiver receiver)
{
    /// <summary>After this a moment is not waited for any longer.</summary>
    private static readonly TimeSpan MomentPatience = TimeSpan.FromSeconds(6);

    private readonly Random random = new(options.Seed);

    public int Kills { get; private set; }

    public int Stops { get; private set; }

    /// <summary>Kills while SreBot was starting.</summary>
    public int KillsInStart { get; private set; }

    private bool IsDone => Kills >= options.Kills && Stops >= options.PostgresStops;

    /// <summary>Until all blows are struck; spread over the run's length, later ones than that in a hurry. SreBot runs at the end.</summary>
    public async Task RunAsync()
    {
        var start = TimeProvider.System.GetTimestamp();
        var blows = options.Kills + options.PostgresStops;
        while (!IsDone)
        {
            var due = options.Length * 0.97 * ((Kills + Stops + random.NextDouble()) / blows);
            if (due - TimeProvider.System.GetElapsedTime(start) is { Ticks: > 0 } wait)
                await Task.Delay(wait, TimeProvider.System);

            var isStop = random.Next(options.Kills - Kills + options.PostgresStops - Stops) >= options.Kills - Kills;
            await StrikeAsync(isStop);
        }
    }

    private async Task StrikeAsync(bool isStop)
    {
        switch (random.Next(10))
        {
            case < 4:
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1500)), TimeProvider.System);
                await BlowAsync(isStop);
                break;
            case < 7:
                await Task.WhenAny(feed.NextDue, Task.Delay(MomentPatience, TimeProvider.System));
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(800)), TimeProvider.System);
                await BlowAsync(isStop);
                break;
            default:
                await BlowInFlightAsync(isStop);
                break;
        }

        if (!isStop)
            await RestartAsync();
    }

    private async Task BlowInFlightAsync(bool isStop)
    {
        var struck = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isTaken = 0;
        async Task OnceAsync()
        {
            if (Interlocked.Exchange(ref isTaken, 1) == 0)
            {
                await BlowAsync(isStop);
                struck.SetResult();
            }
        }

        receiver.ArmBlow(OnceAsync);
        await Task.WhenAny(struck.Task, Task.Delay(MomentPatience, TimeProvider.System));
        receiver.Disarm();
        await OnceAsync();
        await struck.Task;
    }

    private async Task BlowAsync(bool isStop)
    {
        if (!isStop)
        {
            await server.KillAsync();
            Kills++;
            return;
        }

        while (ChaosStore.Postmaster(server.DataFolder) is not { } postmaster || !Libc.Signal(postmaster, Libc.Quit))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System); // it is being started already
        }

        Stops++;
    }

    private async Task RestartAsync()
    {
        server.Launch();
        while (Kills < options.Kills && random.Next(8) == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(2500)), TimeProvider.System);
            await server.KillAsync();
            Kills++;
            KillsInStart++;
            server.Launch();
        }

        if (!await server.WaitReadyAsync())
            throw new InvalidOperationException("SreBot did not come back after a kill.");
    }
}
