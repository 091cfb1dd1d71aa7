using SreBot.Evidence;
using SreBot.Model;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Planning;

namespace SreBot.Tests.Evidence;

public sealed class WindowReaderTests(TelemetryFixture telemetry)
{
    private static readonly DateTimeOffset Now = QuestionHouse.Now;

    private readonly KnownChanges changes = new();
    private readonly KnownIncidents incidents = new();

    [Theory]
    [InlineData("since the deploy", -20, 0, "since deploy of checkout v42 at 2026-03-01 11:40 UTC")]
    [InlineData("since the last deploy of cart", -120, 0, "since deploy of cart v7 at 2026-03-01 10:00 UTC")]
    [InlineData("since the Cart deploy", -120, 0, "since deploy of cart v7 at 2026-03-01 10:00 UTC")]
    [InlineData("since v7", -120, 0, "since deploy of cart v7 at 2026-03-01 10:00 UTC")]
    [InlineData("before the deploy", -80, -20, "before deploy of checkout v42 at 2026-03-01 11:40 UTC")]
    [InlineData("around v42", -50, 0, "around deploy of checkout v42 at 2026-03-01 11:40 UTC")]
    [InlineData("since the config change", -300, 0, "since more workers at 2026-03-01 07:00 UTC")]
    [InlineData("since INC-3 started", -90, 0, "since INC-3, which began at 2026-03-01 10:30 UTC")]
    [InlineData("during INC-3", -90, -45, "during INC-3, which began at 2026-03-01 10:30 UTC")]
    [InlineData("since 11:00 CET", -120, 0, "CET is read as Central European Time, UTC+01:00; times are shown in UTC")]
    public async Task Reads_a_window_and_says_how(string text, int from, int to, string note)
    {
        Happened();

        var named = await ReadAsync(text);

        Assert.Equal((Minutes(from), to == 0 ? Now : Minutes(to), note), (named.Window.From, named.Window.To, named.Note));
    }

    [Fact]
    public async Task Holds_the_same_time_a_day_or_a_week_before_against_a_window()
    {
        var window = new TimeWindow(Minutes(-30), Minutes(0));

        Assert.Equal(window.From.AddDays(-1), (await ReadAsync("same time yesterday", window)).Window.From);
        Assert.Equal(window.To.AddDays(-7), (await ReadAsync("the same time last week", window)).Window.To);
    }

    [Theory]
    [InlineData("since the deploy", false, "No deploy is recorded in the last 7 days; tell me of one with: deploy checkout v42, or name a time.")]
    [InlineData("since the deploy of search", true, "No deploy of search is recorded in the last 7 days; the latest change is deploy of checkout v42 at 2026-03-01 11:40 UTC. Tell me of one with: deploy checkout v42, or name a time.")]
    [InlineData("since the flag flip", false, "No flag change is recorded in the last 7 days; tell me of one with: deploy checkout v42, or name a time.")]
    [InlineData("during INC-4", true, "I see no incident INC-4; the latest are INC-3 (Slow).")]
    public async Task Says_what_is_not_recorded_and_the_nearest_that_is(string text, bool happened, string sentence)
    {
        if (happened)
            Happened();

        Assert.Equal(sentence, (await Assert.ThrowsAsync<SreException>(() => ReadAsync(text))).Message);
    }

    [Fact]
    public async Task Keeps_each_look_as_a_step()
    {
        Happened();
        var context = Context();

        await new WindowReader([changes], [incidents]).ResolveAsync(context, "since INC-3", null, TestContext.Current.CancellationToken);
        await new WindowReader([changes], [incidents]).ResolveAsync(context, "since the deploy", null, TestContext.Current.CancellationToken);

        Assert.Equal(["The incident INC-3", "Which changes there were"], context.Steps.Steps.Select(step => step.Question));
    }

    private void Happened()
    {
        changes.All.Add(new ChangeFacts(Minutes(-20), "deploy", "checkout", "v42", "deploy of checkout v42", "", ""));
        changes.All.Add(new ChangeFacts(Minutes(-120), "deploy", "cart", "v7", "deploy of cart v7", "", ""));
        changes.All.Add(new ChangeFacts(Minutes(-300), "config", "cart", "", "more workers", "", ""));
        incidents.All.Add(new IncidentFacts { Id = 3, Title = "Slow", Status = "resolved", Severity = "warning", Projects = ["Project_1"], OpenedAt = Minutes(-89), StartedAt = Minutes(-90), ResolvedAt = Minutes(-45) });
    }

    private Task<NamedWindow> ReadAsync(string text, TimeWindow? against = null) => new WindowReader([changes], [incidents]).ResolveAsync(Context(), text, against, TestContext.Current.CancellationToken);

    private ToolContext Context()
    {
        var scope = new AccessScope { OrganizationId = 1, TelemetryDatabase = "sre_test", Role = Role.Viewer, Projects = ["Project_1"] };
        return new ToolContext(new Caller(new Principal(Guid.Empty, "Ana", "acme", scope), scope, null, null), new MemorySteps(telemetry.Store, new ManualTime(Now)), Now, new Progress<string>());
    }

    private static DateTimeOffset Minutes(int before) => new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddMinutes(before);
}
