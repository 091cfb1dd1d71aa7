using SreBot.Changes;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Changes;

public sealed class ChangeStoreTests(TelemetryFixture telemetry)
{
    private readonly ManualTime time = new(new DateTimeOffset(2026, 3, 1, 14, 5, 58, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static ChangeDraft Deploy => new("deploy", "checkout", "v42");

    [Fact]
    public async Task Keeps_an_event_for_each_project_and_shows_it_once()
    {
        var (store, scope) = await NewAsync();

        var recorded = await store.RecordAsync(scope, "Ana", Deploy with { Link = "https://ci.example/1" }, Cancel);

        Assert.Equal((true, "deploy of checkout v42", "Ana", "Project_1 Project_2 Project_3"), (recorded.IsNew, recorded.Title, recorded.Who, string.Join(' ', recorded.Projects)));
        var found = Assert.Single(await FindAsync(scope));
        Assert.Equal(new ChangeFacts(time.GetUtcNow(), "deploy", "checkout", "v42", "deploy of checkout v42", "Ana", "https://ci.example/1"), found);
        Assert.Equal("", found.Note);
        Assert.Single(await FindAsync(scope with { Projects = ["Project_2"] }));
    }

    [Fact]
    public async Task Counts_a_report_that_comes_again_once_even_past_the_minute()
    {
        var (store, scope) = await NewAsync();

        var first = await store.RecordAsync(scope, "Ana", Deploy, Cancel);
        time.Advance(TimeSpan.FromSeconds(30));
        var again = await store.RecordAsync(scope, "Ana", Deploy, Cancel);

        Assert.Equal((false, first.At, first.Id), (again.IsNew, again.At, again.Id));
        Assert.Equal(first.Projects, again.Projects);
        Assert.Single(await FindAsync(scope));
    }

    [Fact]
    public async Task Counts_reports_at_the_same_moment_once()
    {
        var (store, scope) = await NewAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.RecordAsync(scope, "Ana", Deploy with { Id = "run-7" }, Cancel)));

        Assert.Single(await FindAsync(scope));
        await using var reader = await telemetry.Store.ReadAsync(scope, new TelemetryQuery("SELECT count() FROM {database:Identifier}.change_event WHERE /*scope*/", new Dictionary<string, object?>()), Cancel);
        Assert.True(await reader.ReadAsync(Cancel));
        Assert.Equal(3L, Convert.ToInt64(reader.GetValue(0)));
    }

    [Fact]
    public async Task Keeps_a_roll_back_and_a_second_try_apart()
    {
        var (store, scope) = await NewAsync();

        foreach (var version in new[] { "v42", "v41", "v42" })
        {
            Assert.True((await store.RecordAsync(scope, "Ana", Deploy with { Version = version }, Cancel)).IsNew);
            time.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.Equal(["v42", "v41", "v42"], (await FindAsync(scope)).Select(change => change.Version));
    }

    [Fact]
    public async Task Takes_the_same_id_for_the_same_event_days_later()
    {
        var (store, scope) = await NewAsync();
        var draft = Deploy with { Id = "run-7", Projects = ["project_1"] };
        var first = await store.RecordAsync(scope, "Ana", draft, Cancel);
        time.Advance(TimeSpan.FromDays(2));

        var again = await store.RecordAsync(scope, "Bo", draft, Cancel);
        var wider = await store.RecordAsync(scope, "Bo", draft with { Projects = ["Project_1", "Project_2"] }, Cancel);

        Assert.Equal((false, first.At, "Ana"), (again.IsNew, again.At, again.Who));
        Assert.Equal((first.At, "Project_1 Project_2"), (wider.At, string.Join(' ', wider.Projects)));
        Assert.Single(await FindAsync(scope));
        Assert.Equal(SreErrorKind.Conflict, (await Assert.ThrowsAsync<SreException>(() => store.RecordAsync(scope, "Bo", draft with { Version = "v43" }, Cancel))).Kind);
    }

    [Fact]
    public async Task Finds_by_service_and_version_however_they_are_written()
    {
        var (store, scope) = await NewAsync();
        await store.RecordAsync(scope, "Ana", Deploy, Cancel);
        await store.RecordAsync(scope, "Ana", new ChangeDraft("flag", "cart", "new=on"), Cancel);

        Assert.Equal("checkout", Assert.Single(await FindAsync(scope, "Checkout")).Service);
        Assert.Equal("flag change of cart new=on", Assert.Single(await FindAsync(scope, version: "NEW=on")).Name);
        Assert.Empty(await FindAsync(scope, "cart", "v42"));
    }

    public static TheoryData<string, string> Mistakes => new()
    {
        { "kind", "The kind 'party' is unknown; use deploy, config or flag." },
        { "service", "The service is missing; name one, such as checkout." },
        { "version", "A deploy needs the version, such as v42." },
        { "long", "The title is longer than 300 characters; shorten it." },
        { "link", "The link 'javascript:alert(1)' is no web address; it starts with https:// or http://." },
        { "future", "That time has not come yet; report a change when it is done." },
        { "past", "That is longer ago than the 3650 days that are kept; leave it out." },
        { "project", "There is no project 'Project_9'; the projects are Project_1, Project_2, Project_3." },
        { "viewer", "Only an sre or an admin may record a change; ask an admin for the role." },
        { "nothing", "There is no project to record it for yet; projects appear with their first requests." },
        { "part", "You see only a part of the requests, and a change touches more; ask somebody without that limit to record it." },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Answers_each_mistake_with_a_sentence_and_keeps_nothing(string mistake, string expected)
    {
        var (store, scope) = await NewAsync();
        var (draft, by) = mistake switch
        {
            "kind" => (Deploy with { Kind = "party" }, scope),
            "service" => (Deploy with { Service = " \n " }, scope),
            "version" => (Deploy with { Version = "" }, scope),
            "long" => (Deploy with { Title = new string('x', 301) }, scope),
            "link" => (Deploy with { Link = "javascript:alert(1)" }, scope),
            "future" => (Deploy with { At = time.GetUtcNow().AddMinutes(6) }, scope),
            "past" => (Deploy with { At = time.GetUtcNow().AddYears(-11) }, scope),
            "project" => (Deploy with { Projects = ["Project_9"] }, scope),
            "viewer" => (Deploy, scope with { Role = Role.Viewer }),
            "nothing" => (Deploy, scope with { Projects = [] }),
            _ => (Deploy, scope with { Conditions = [new DimensionCondition("platform", "mobile")] }),
        };

        Assert.Equal(expected, (await Assert.ThrowsAsync<SreException>(() => store.RecordAsync(by, "Ana", draft, Cancel))).Message);
        Assert.Empty(await FindAsync(scope));
    }

    [Fact]
    public async Task Shows_no_changes_to_somebody_who_sees_one_platform_alone_and_says_why()
    {
        var (store, scope) = await NewAsync();
        await store.RecordAsync(scope, "Ana", Deploy, Cancel);

        await Assert.ThrowsAsync<SreException>(() => FindAsync(scope with { Conditions = [new DimensionCondition("platform", "mobile")] }));
        Assert.Single(await FindAsync(scope with { Conditions = [new DimensionCondition("service", "checkout")] }));
        Assert.Empty(await FindAsync(scope with { Conditions = [new DimensionCondition("service", "cart")] }));
    }

    private async Task<(ChangeStore Store, AccessScope Scope)> NewAsync() =>
        (new ChangeStore(telemetry.Store, Microsoft.Extensions.Options.Options.Create(telemetry.Options), time), TelemetryFixture.Scope(await telemetry.NewDatabaseAsync(), "Project_1", "Project_2", "Project_3"));

    private Task<IReadOnlyList<ChangeFacts>> FindAsync(AccessScope scope, string? service = null, string? version = null)
    {
        var caller = new Caller(new Principal(Guid.Empty, "Ana", "acme", scope), scope, null, null);
        var context = new ToolContext(caller, new MemorySteps(telemetry.Store, time), time.GetUtcNow(), new Progress<string>());
        return new ChangeLookup().FindAsync(context, new TimeWindow(time.GetUtcNow().AddDays(-3), time.GetUtcNow().AddMinutes(1)), service, version, Cancel);
    }
}
