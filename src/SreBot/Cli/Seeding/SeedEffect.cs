namespace SreBot.Cli.Seeding;

/// <summary>A planted cause, ready to be asked of each row: names are numbers, -1 is any.</summary>
internal readonly struct SeedEffect
{
    private readonly long onset;
    private readonly long end;
    private readonly int project;
    private readonly int server;
    private readonly int region;
    private readonly int platform;
    private readonly uint endpoints;
    private readonly double latency;
    private readonly double cpu;
    private readonly double memory;
    private readonly bool climbs;

    public SeedEffect(PlantedCause cause)
    {
        Cause = cause;
        onset = cause.Onset.UtcTicks;
        end = cause.End.UtcTicks;
        project = Number(cause.On("project_id"));
        server = Number(cause.On("server_id"));
        region = Index(SeedWorld.Regions, cause.On("region"));
        platform = Index(SeedWorld.Platforms, cause.On("platform"));
        endpoints = Endpoints(cause);
        var effect = cause.Effect ?? 1;
        latency = cause.Kind is CauseKind.SlowServer or CauseKind.NoisyNeighbour or CauseKind.MemoryLeak or CauseKind.BadDeploy or CauseKind.RegionPlatform or CauseKind.SlowDependency ? effect : 1;
        cpu = cause.Kind == CauseKind.NoisyNeighbour ? effect : 1;
        memory = cause.Kind is CauseKind.MemoryLeak or CauseKind.Distractor ? effect : 1;
        climbs = cause.Kind == CauseKind.MemoryLeak;
    }

    public PlantedCause Cause { get; }

    public bool IsActive(long ticks) => ticks >= onset && ticks < end;

    public bool Touches(long ticks, int rowProject, int rowServer, int rowEndpoint, int rowRegion, int rowPlatform) =>
        IsActive(ticks)
        && (project < 0 || project == rowProject)
        && (server < 0 || server == rowServer)
        && (endpoints & (1u << rowEndpoint)) != 0
        && (region < 0 || region == rowRegion)
        && (platform < 0 || platform == rowPlatform);

    public double Latency(long ticks) => At(latency, ticks);
    public double Cpu(long ticks) => At(cpu, ticks);
    public double Memory(long ticks) => At(memory, ticks);

    /// <summary>The factor on a project's number of requests in the minute that begins then.</summary>
    public double Requests(long ticks, int rowProject) => !IsActive(ticks) ? 1 : Cause.Kind switch
    {
        CauseKind.TrafficSurge => Cause.Effect!.Value,
        CauseKind.TrafficLoss => 1 / Cause.Effect!.Value,
        CauseKind.HotProject when project == rowProject => Cause.Effect!.Value,
        _ => 1,
    };

    private double At(double factor, long ticks) => climbs ? 1 + ((factor - 1) * (ticks - onset) / (end - onset)) : factor;

    private static uint Endpoints(PlantedCause cause)
    {
        var callers = SeedWorld.Dependencies.FirstOrDefault(dependency => dependency.Name == cause.Dependency).Callers;
        uint mask = 0;
        for (var i = 0; i < SeedWorld.Endpoints.Count; i++)
        {
            var name = SeedWorld.Endpoints[i].Name;
            mask |= (callers?.Contains(name) ?? (cause.On("endpoint") ?? name) == name) ? 1u << i : 0;
        }

        return mask;
    }

    private static int Number(string? name) => name is null ? -1 : int.Parse(name[(name.IndexOf('_', StringComparison.Ordinal) + 1)..]) - 1;

    private static int Index(IReadOnlyList<(string Name, double Weight)> items, string? name) => name is null ? -1 : items.ToList().FindIndex(item => item.Name == name);
}
