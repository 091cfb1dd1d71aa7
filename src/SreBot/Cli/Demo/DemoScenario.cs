using SreBot.Cli.Seeding;
using SreBot.Model;

namespace SreBot.Cli.Demo;

/// <summary>Which causes the demo plants, and when; pure.</summary>
internal static class DemoScenario
{
    /// <summary>The endpoint that fails first: its share of the requests takes the error rate of all of them far past 5 %.</summary>
    private const string FirstEndpoint = "POST /pay";

    /// <summary>Kinds that one rule sees on one server or endpoint, or none sees: a chapter is one or two messages, no storm.</summary>
    private static readonly CauseKind[] Later =
        [CauseKind.SlowServer, CauseKind.BadDeploy, CauseKind.NoisyNeighbour, CauseKind.HotProject, CauseKind.MemoryLeak, CauseKind.ChangeWithoutEffect];

    private static readonly SeedEndpoint[] Busy = [.. SeedWorld.Endpoints.Where(endpoint => endpoint.Weight >= 0.1)];

    /// <summary>The causes that the settings name and no others, or, where they name none, the demo's own story.</summary>
    public static DemoStory Of(SeedSettings settings, DateTimeOffset now)
    {
        var window = settings.WindowUpTo(now);
        return settings.Causes.Count == 0 ? Past(settings, now) : new DemoStory(SeedPlan.Draw(settings, window), window.To, GoesOn: false, 0, null);
    }

    /// <summary>A past with a server that was slow from 50 to 20 minutes ago, and a harmless deploy hours before.</summary>
    public static DemoStory Past(SeedSettings settings, DateTimeOffset now)
    {
        var random = new SeedRandom(settings.Seed, 0x5041);
        var minute = now.Floor(TimeSpan.FromMinutes(1));
        var plan = new SeedPlan(settings, []);
        plan = plan.With(CauseDraw.Draw(CauseKind.ChangeWithoutEffect, ref random, plan, new TimeWindow(minute.AddHours(-6), minute.AddHours(-5))));
        var server = SeedSettings.Server(1 + random.Below(settings.Servers));
        plan = plan.With(CauseDraw.SlowServer(server, Math.Round(random.Between(2.8, 4.5), 2), new TimeWindow(minute.AddMinutes(-50), minute.AddMinutes(-20))));
        return new DemoStory(plan, minute, GoesOn: true, 0, null);
    }

    /// <summary>The story with what serving begins with: a deploy that breaks payments at once, enough for the error rule whatever the second of the minute.</summary>
    /// <param name="now">No row at or after it has been written.</param>
    public static DemoStory Begin(DemoStory story, DateTimeOffset now)
    {
        if (!story.GoesOn || story.Plan.Causes.Any(cause => cause.Kind == CauseKind.BadDeploy && cause.Onset <= now && now < cause.End))
            return story; // a restart within the last outage lets it run on
        var endpoint = SeedWorld.Endpoints.First(candidate => candidate.Name == FirstEndpoint);
        return Add(story, Outage(endpoint, story.Plan, new TimeWindow(now, now.AddMinutes(4))), now);
    }

    /// <summary>The story with the next chapter when it is due, 20 to 40 minutes after the last; else the same.</summary>
    /// <param name="now">No row at or after it has been written.</param>
    public static DemoStory Continue(DemoStory story, DateTimeOffset now)
    {
        var random = new SeedRandom(story.Plan.Settings.Seed, 0x4C49, story.Chapters);
        if (!story.GoesOn || now < story.LastChapter + TimeSpan.FromMinutes(random.Between(20, 40)) - TimeSpan.FromMinutes(3))
            return story;
        var onset = now.AddMinutes(3).Floor(TimeSpan.FromSeconds(1)); // a drawn cause may begin up to three minutes before its window
        var when = new TimeWindow(onset, onset.AddMinutes(4 + random.Below(5)));
        var kind = random.Pick(Later);
        var cause = kind == CauseKind.BadDeploy ? Outage(random.Pick(Busy), story.Plan, when) : CauseDraw.Draw(kind, ref random, story.Plan, when);
        return Add(story, cause, now);
    }

    /// <summary>It fails and is not slow: a slow endpoint would be slow on every server, and each would be an incident.</summary>
    private static PlantedCause Outage(SeedEndpoint endpoint, SeedPlan plan, TimeWindow when) => CauseDraw.BadDeploy(endpoint, effect: null, errorShare: 0.9, plan, when);

    private static DemoStory Add(DemoStory story, PlantedCause cause, DateTimeOffset now) =>
        story with { Plan = story.Plan.Trim(now.AddDays(-7)).With(cause), Chapters = story.Chapters + 1, LastChapter = cause.Onset };
}
