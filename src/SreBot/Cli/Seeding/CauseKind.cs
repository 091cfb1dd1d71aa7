namespace SreBot.Cli.Seeding;

/// <summary>What can be planted in made-up telemetry.</summary>
internal enum CauseKind
{
    /// <summary>The requests of one server take longer.</summary>
    SlowServer,

    /// <summary>The CPU of one server is taken by something else, and its requests take longer.</summary>
    NoisyNeighbour,

    /// <summary>The memory of one server climbs until it is restarted, and its requests take longer with it.</summary>
    MemoryLeak,

    /// <summary>A new version makes one endpoint slow, or fail, until it is rolled back.</summary>
    BadDeploy,

    /// <summary>The requests of one platform in one region take longer.</summary>
    RegionPlatform,

    /// <summary>One project sends more requests.</summary>
    HotProject,

    /// <summary>Everybody sends more requests.</summary>
    TrafficSurge,

    /// <summary>Everybody sends fewer requests.</summary>
    TrafficLoss,

    /// <summary>The endpoints that call one dependency take longer.</summary>
    SlowDependency,

    /// <summary>The rows of one project arrive minutes after the requests ended.</summary>
    LateData,

    /// <summary>The memory of one server moves, and nothing follows from it.</summary>
    Distractor,

    /// <summary>A new version from which nothing follows.</summary>
    ChangeWithoutEffect,

    /// <summary>Nothing at all.</summary>
    Control,
}
