namespace SreBot.Cli.Seeding;

/// <summary>Fills rows in the order of <see cref="Telemetry.TelemetryTable.Request"/>'s columns. Values that repeat are boxed once.</summary>
internal sealed class SeedRowMaker
{
    /// <summary>Of one project: what the request id has digits for.</summary>
    public const int MostInAMinute = 9_999_999;

    /// <summary>Below the tutorial's threshold of 20 ms, so that its rule is quiet without a cause.</summary>
    private const double SlowestMilliseconds = 18;
    private const double ErrorShare = 0.005;
    private const double CpuMost = 98;
    private const double MemoryMost = 97;
    private const int Slots = 4096;

    private static readonly object Ok = (ushort)200;
    private static readonly object[] Failures = [(ushort)500, (ushort)503, (ushort)404, (ushort)429];
    private static readonly object[] Active = [.. Enumerable.Range(0, 1024).Select(count => (object)(uint)count)];

    private readonly SeedPlan plan;
    private readonly string[] projects;
    private readonly string[] servers;
    private readonly SeedEndpoint[] endpoints = [.. SeedWorld.Endpoints];
    private readonly byte[] endpointOf = Spread([.. SeedWorld.Endpoints.Select(endpoint => endpoint.Weight)]);
    private readonly byte[] regionOf = Spread([.. SeedWorld.Regions.Select(region => region.Weight)]);
    private readonly byte[] platformOf = Spread([.. SeedWorld.Platforms.Select(platform => platform.Weight)]);
    private readonly string[] regions = [.. SeedWorld.Regions.Select(region => region.Name)];
    private readonly string[] platforms = [.. SeedWorld.Platforms.Select(platform => platform.Name)];

    public SeedRowMaker(SeedPlan plan)
    {
        this.plan = plan;
        projects = [.. Enumerable.Range(1, plan.Settings.Projects).Select(SeedSettings.Project)];
        servers = [.. Enumerable.Range(1, plan.Settings.Servers).Select(SeedSettings.Server)];
    }

    /// <summary>Adds one project's rows of a minute whose requests ended within the ticks, oldest first.</summary>
    public void Add(SeedMinute minute, int project, int count, long from, long to, SeedBatch result)
    {
        var number = minute.Ticks / TimeSpan.TicksPerMinute;
        var errorsLeft = Math.Max(1, count * 3 / 100); // chance alone never makes a minute look like an outage
        for (var index = 0; index < count; index++)
        {
            var random = new SeedRandom(plan.Settings.Seed, number, project, index);
            var ticks = minute.Ticks + (long)((index + random.Unit()) / count * TimeSpan.TicksPerMinute);
            ticks -= ticks % TimeSpan.TicksPerMillisecond;
            var failed = random.Unit();
            var fails = failed < ErrorShare && errorsLeft-- > 0;
            if (ticks >= from && ticks < to)
                result.Rows.Add(Row(minute, project, index, ticks, fails, failed, ref random, result.Calls));
        }
    }

    private object?[] Row(SeedMinute minute, int project, int index, long ticks, bool fails, double failed, ref SeedRandom random, SeedCalls calls)
    {
        var bits = random.Bits();
        var server = (int)(((bits & 0xFFFFFF) * (ulong)servers.Length) >> 24);
        var endpoint = endpointOf[(int)(bits >> 52)];
        var region = regionOf[(int)(bits >> 40) & (Slots - 1)];
        var platform = platformOf[(int)(bits >> 28) & (Slots - 1)];
        double latency = 1, cpu = 1, memory = 1, errorShare = 0, dependency = 1;
        foreach (ref readonly var effect in minute.Effects.AsSpan())
        {
            if (!effect.Touches(ticks, project, server, endpoint, region, platform))
                continue;
            latency *= effect.Latency(ticks);
            dependency *= effect.Cause.Dependency is null ? 1 : effect.Latency(ticks);
            cpu *= effect.Cpu(ticks);
            memory *= effect.Memory(ticks);
            errorShare = Math.Max(errorShare, effect.Cause.ErrorShare);
        }

        var about = endpoints[endpoint];
        var usual = Math.Min(SlowestMilliseconds, about.MedianMilliseconds * minute.LatencyFactor * Math.Exp(0.25 * random.Normal()));
        var rest = random.Bits();
        calls.Add(minute.Ticks, project, endpoint, usual, dependency, (rest & 0xFF) / 256.0);
        return
        [
            RequestId(minute.Ticks, project, index),
            new DateTime(ticks, DateTimeKind.Utc),
            projects[project],
            servers[server],
            about.Service,
            minute.Versions[endpoint] ?? plan.VersionAt(about.Service, new DateTimeOffset(ticks, TimeSpan.Zero)),
            about.Name,
            regions[region],
            platforms[platform],
            failed < errorShare ? Failures[0] : fails ? Failures[rest & 3] : Ok,
            Math.Round(usual * latency, 3),
            about.CostUsd * (0.5 + ((rest >> 40) * (1.0 / (1 << 24)))),
            Active[Math.Min(Active.Length - 1, (int)((4 + ((rest >> 8) & 7)) * latency))],
            cpu > 1 ? Math.Min(CpuMost, minute.Cpu[server] * cpu) : minute.BoxedCpu[server],
            memory > 1 ? Math.Min(MemoryMost, minute.Memory[server] * memory) : minute.BoxedMemory[server],
        ];
    }

    /// <summary>A number of 17 digits: the minute since 1970, the project, the request in that minute.</summary>
    private static string RequestId(long ticks, int project, int index) => string.Create(17, (Minute: (ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMinute, project, index), static (text, id) =>
    {
        id.Minute.TryFormat(text, out _, "D8");
        (id.project + 1).TryFormat(text[8..], out _, "D2");
        id.index.TryFormat(text[10..], out _, "D7");
    });

    /// <summary>Each item as many times as its weight asks, so that drawing one is a look-up.</summary>
    private static byte[] Spread(double[] weights)
    {
        var items = new byte[Slots];
        var sum = 0.0;
        var next = 0;
        for (byte i = 0; i < weights.Length; i++)
        {
            sum += weights[i];
            while (next < Slots && (next < Math.Round(sum * Slots) || i == weights.Length - 1))
            {
                items[next++] = i;
            }
        }

        return items;
    }
}
