namespace SreBot.Rca;

/// <summary>What kind of thing is to blame.</summary>
internal enum RcaCauseKind
{
    SlowServer, NoisyNeighbour, MemoryLeak, Overload, BadDeploy, Endpoint, Service, Version, Combination, Region, Platform, HotProject, Project,
    TrafficSurge, TrafficLoss,

    /// <summary>Something that the requests call.</summary>
    Dependency,

    /// <summary>Everything moved alike, and nothing that was read says why.</summary>
    Everywhere,
}
