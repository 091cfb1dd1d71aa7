using SreBot.Model;

namespace SreBot.Cli.Seeding;

/// <summary>Draws who is touched by a cause, and how much.</summary>
internal static class CauseDraw
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static PlantedCause Draw(CauseKind kind, ref SeedRandom random, SeedPlan plan, TimeWindow when)
    {
        var effect = Math.Round(random.Between(1.3, 5), 2);
        return kind switch
        {
            CauseKind.SlowServer => SlowServer(SeedSettings.Server(1 + random.Below(plan.Settings.Servers)), effect, when),
            CauseKind.NoisyNeighbour => NoisyNeighbour(SeedSettings.Server(1 + random.Below(plan.Settings.Servers)), effect, when),
            CauseKind.MemoryLeak => MemoryLeak(SeedSettings.Server(1 + random.Below(plan.Settings.Servers)), Math.Round(random.Between(1.4, 2.2), 2), when),
            CauseKind.BadDeploy => BadDeploy(random.Pick(SeedWorld.Endpoints), effect, Math.Round(random.Between(0.3, 0.9), 2), plan, when),
            CauseKind.RegionPlatform => RegionPlatform(random.Pick(SeedWorld.Regions).Name, random.Pick(SeedWorld.Platforms).Name, effect, when),
            CauseKind.HotProject => HotProject(SeedSettings.Project(1 + random.Below(plan.Settings.Projects)), effect, WholeMinutes(when)),
            CauseKind.TrafficSurge => Traffic(kind, effect, WholeMinutes(when)),
            CauseKind.TrafficLoss => Traffic(kind, effect, WholeMinutes(when)),
            CauseKind.SlowDependency => SlowDependency(random.Pick(SeedWorld.Dependencies), effect, when),
            CauseKind.LateData => LateData(SeedSettings.Project(1 + random.Below(plan.Settings.Projects)), TimeSpan.FromMinutes(2 + random.Below(9)), WholeMinutes(when)),
            CauseKind.Distractor => Distractor(OtherServer(ref random, plan), Math.Round(random.Between(1.3, 2), 2), when),
            CauseKind.Control => Cause(kind, when, [], null, null, "Nothing was planted: the data shows no cause."),
            CauseKind.ChangeWithoutEffect => Change(random.Pick(SeedWorld.Services), plan, new TimeWindow(when.From.AddSeconds(-random.Below(180)), when.To)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }

    public static PlantedCause SlowServer(string server, double effect, TimeWindow when) =>
        Cause(CauseKind.SlowServer, when, [new("server_id", server)], "latency", effect, $"{server} is slow: its latency is {effect} times its own past and its peers'; its CPU and memory are as usual.");

    /// <param name="effect">On latency; null: the deploy makes requests fail, not slow.</param>
    public static PlantedCause BadDeploy(SeedEndpoint endpoint, double? effect, double errorShare, SeedPlan plan, TimeWindow when)
    {
        var version = plan.NextVersion(endpoint.Service);
        var slow = effect is null ? "" : $", and its latency is {effect} times what it was";
        var cause = Cause(CauseKind.BadDeploy, when, [new("service", endpoint.Service), new("endpoint", endpoint.Name)], "error_rate", effect,
            $"The deploy of {endpoint.Service} {version} broke {endpoint.Name}: {errorShare:P0} of its requests fail{slow}.");
        return cause with { ErrorShare = errorShare, Version = version };
    }

    private static PlantedCause NoisyNeighbour(string server, double effect, TimeWindow when) =>
        Cause(CauseKind.NoisyNeighbour, when, [new("server_id", server)], "cpu", effect, $"{server} lacks CPU: its CPU and its latency are {effect} times the usual (CPU stops at 98 %), without more requests.");

    private static PlantedCause MemoryLeak(string server, double effect, TimeWindow when) =>
        Cause(CauseKind.MemoryLeak, when, [new("server_id", server)], "memory", effect, $"{server} leaks memory: it climbs to {effect} times the usual, and latency with it, until a restart.");

    private static PlantedCause RegionPlatform(string region, string platform, double effect, TimeWindow when) =>
        Cause(CauseKind.RegionPlatform, when, [new("region", region), new("platform", platform)], "latency", effect, $"Latency is {effect} times the usual for {platform} in {region} alone; neither the region nor the platform by itself explains it.");

    private static PlantedCause HotProject(string project, double effect, TimeWindow when) =>
        Cause(CauseKind.HotProject, when, [new("project_id", project)], "requests", effect, $"{project} sends {effect} times its usual requests; the other projects do not.");

    private static PlantedCause Traffic(CauseKind kind, double effect, TimeWindow when) =>
        Cause(kind, when, [], "requests", effect, kind == CauseKind.TrafficSurge
            ? $"All traffic is {effect} times the usual, in every dimension alike."
            : $"All traffic is {effect} times less than usual, in every dimension alike.");

    private static PlantedCause SlowDependency((string Name, IReadOnlyList<string> Callers) dependency, double effect, TimeWindow when) =>
        Cause(CauseKind.SlowDependency, when, [], "latency", effect, $"{dependency.Name} is slow: latency is {effect} times the usual on its callers alone, {string.Join(" and ", dependency.Callers)}.") with { Dependency = dependency.Name };

    private static PlantedCause LateData(string project, TimeSpan delay, TimeWindow when) =>
        Cause(CauseKind.LateData, when, [new("project_id", project)], null, null, $"{project}'s rows arrive {delay.TotalMinutes:0} minutes late; its requests are as usual.") with { Delay = delay };

    private static PlantedCause Distractor(string server, double effect, TimeWindow when) =>
        Cause(CauseKind.Distractor, when, [new("server_id", server)], "memory", effect, $"{server}'s memory is {effect} times the usual and nothing follows from it: it is not the cause.");

    private static PlantedCause Change(string service, SeedPlan plan, TimeWindow when)
    {
        var version = plan.NextVersion(service);
        return Cause(CauseKind.ChangeWithoutEffect, when, [new("service", service)], null, null, $"The deploy of {service} {version} changed nothing: it is not the cause.") with { Version = version };
    }

    private static PlantedCause Cause(CauseKind kind, TimeWindow when, IReadOnlyList<DimensionCondition> where, string? metric, double? effect, string expected) =>
        new() { Kind = kind, Onset = when.From, End = when.To, Where = where, Metric = metric, Effect = effect, Expected = expected };

    /// <summary>Not the server of the cause that it stands beside.</summary>
    private static string OtherServer(ref SeedRandom random, SeedPlan plan)
    {
        var servers = Enumerable.Range(1, plan.Settings.Servers).Select(SeedSettings.Server).Where(server => server != (plan.Causes.Count > 0 ? plan.Causes[^1].On("server_id") : null)).ToList();
        return servers.Count > 0 ? random.Pick(servers) : SeedSettings.Server(1);
    }

    /// <summary>How many requests a minute has is drawn for the whole minute.</summary>
    private static TimeWindow WholeMinutes(TimeWindow when)
    {
        var from = (when.From + Minute - TimeSpan.FromTicks(1)).Floor(Minute);
        var to = when.To.Floor(Minute);
        return new TimeWindow(from, to > from ? to : from + Minute);
    }
}
