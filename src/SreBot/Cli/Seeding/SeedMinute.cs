namespace SreBot.Cli.Seeding;

/// <summary>What is the same for all rows of one minute.</summary>
internal sealed class SeedMinute
{
    public required long Ticks { get; init; }

    /// <summary>The causes that are active somewhere in it.</summary>
    public required SeedEffect[] Effects { get; init; }

    /// <summary>A server's reading in percent without a cause, and the same boxed once for its rows.</summary>
    public required double[] Cpu { get; init; }
    public required object[] BoxedCpu { get; init; }
    public required double[] Memory { get; init; }
    public required object[] BoxedMemory { get; init; }

    /// <summary>An endpoint's version; null where it changes within the minute.</summary>
    public required string?[] Versions { get; init; }
    public double LatencyFactor { get; init; }

    public static SeedMinute Of(long ticks, SeedPlan plan, SeedEffect[] effects)
    {
        var settings = plan.Settings;
        var cpu = new double[settings.Servers];
        var memory = new double[settings.Servers];
        for (var server = 0; server < settings.Servers; server++)
        {
            var always = new SeedRandom(settings.Seed, 0x5352, server);
            var now = new SeedRandom(settings.Seed, 0x5353, server, ticks / TimeSpan.TicksPerMinute);
            cpu[server] = Math.Round(Math.Clamp(32 + always.Between(-4, 4) + SeedSeason.CpuPercent(ticks) + (3 * now.Normal()), 5, 75), 2);
            memory[server] = Math.Round(Math.Clamp(41 + always.Between(-5, 5) + (0.8 * now.Normal()), 20, 60), 2);
        }

        return new SeedMinute
        {
            Ticks = ticks,
            Effects = effects,
            Cpu = cpu,
            BoxedCpu = [.. cpu.Select(value => (object)value)],
            Memory = memory,
            BoxedMemory = [.. memory.Select(value => (object)value)],
            Versions = Labels(ticks, plan),
            LatencyFactor = SeedSeason.Latency(ticks),
        };
    }

    private static string?[] Labels(long ticks, SeedPlan plan)
    {
        var labels = new string?[SeedWorld.Endpoints.Count];
        for (var i = 0; i < labels.Length; i++)
        {
            var service = SeedWorld.Endpoints[i].Service;
            var first = plan.VersionAt(service, new DateTimeOffset(ticks, TimeSpan.Zero));
            labels[i] = first == plan.VersionAt(service, new DateTimeOffset(ticks + TimeSpan.TicksPerMinute - 1, TimeSpan.Zero)) ? first : null;
        }

        return labels;
    }
}
