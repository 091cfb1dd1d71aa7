using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Cli.Seeding;

/// <summary>The change events of the planted deploys.</summary>
internal static class SeedChanges
{
    /// <summary>Rows of <see cref="TelemetryTable.ChangeEvent"/> in the window: for each deploy and each roll-back one a project, for a person sees events of her projects alone.</summary>
    public static List<object?[]> Rows(SeedPlan plan, TimeWindow window) =>
    [
        .. plan.Causes.Where(cause => cause.Version is not null).SelectMany(cause => Events(plan, cause))
            .Where(change => change.At >= window.From && change.At < window.To)
            .OrderBy(change => change.At)
            .SelectMany(change => plan.Settings.ProjectIds().Select(project => Row(change.At, project, change.Service, change.Version, change.Title))),
    ];

    private static IEnumerable<(DateTimeOffset At, string Service, string Version, string Title)> Events(SeedPlan plan, PlantedCause cause)
    {
        var service = cause.On("service")!;
        yield return (cause.Onset, service, cause.Version!, $"Deploy {service} {cause.Version}");
        if (cause.Kind == CauseKind.BadDeploy)
        {
            var before = plan.VersionAt(service, cause.End);
            yield return (cause.End, service, before, $"Roll back {service} to {before}");
        }
    }

    private static object?[] Row(DateTimeOffset at, string project, string service, string version, string title) =>
        [$"{service}-{version}-{at.ToUnixTimeSeconds()}-{project}", at.UtcDateTime, project, "deploy", service, version, title, "pipeline", ""];
}
