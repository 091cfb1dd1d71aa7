namespace SreBot.Cli.Seeding;

/// <summary>What a right answer about a planted cause names. Pure.</summary>
internal static class SeedAnswer
{
    /// <summary>See <see cref="PlantedCause.Right"/>. A deploy is named by its version or by the endpoint that it broke, a combination by both of its values.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(PlantedCause cause) => cause.Kind switch
    {
        _ when !cause.IsFelt => [],
        CauseKind.BadDeploy => [[cause.Version!], [cause.On("endpoint")!]],
        CauseKind.SlowDependency => [[cause.Dependency!]],
        CauseKind.TrafficSurge => [["traffic surge"]],
        CauseKind.TrafficLoss => [["traffic was lost"]],
        _ => [[.. cause.Where.Select(condition => condition.Value)]],
    };
}
