using Dapper;
using SreBot.Adapters.Chat;
using SreBot.Delivery;
using SreBot.Evidence.Notes;
using SreBot.Investigations.Export;
using SreBot.Investigations.Notes;
using SreBot.Model;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Planning;

namespace SreBot.Tests.Investigations.Export;

/// <summary>What <c>note</c> and <c>export</c> mean in a thread.</summary>
public sealed class ThreadTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static readonly ChatAddress Thread = new("slack", "T01", "C02", "1700.1");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_note_is_kept_once_with_who_and_when_on_the_threads_latest_investigation()
    {
        var house = await AskedAsync();
        await house.AskAsync("top servers by latency in the last 30 minutes", Thread.ToConversation());
        house.Time.Advance(TimeSpan.FromMinutes(3));

        await NoteAsync(house, "restarted Server_9\nat 14:05");
        var reply = await NoteAsync(house, "restarted Server_9\nat 14:05");

        var record = await Finder(house).HereAsync(At(house, Thread), Cancel);
        Assert.Equal("top servers by latency in the last 30 minutes", record!.Question);
        Assert.Equal([new InvestigationNote("Ana", "restarted Server_9\nat 14:05", house.Time.GetUtcNow())], record.Notes);
        Assert.Contains("Noted with top servers", QuestionHouse.Text(reply), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_thread_has_its_own()
    {
        var house = await AskedAsync();

        Assert.Null(await Finder(house).HereAsync(At(house, Thread with { Thread = "1700.2" }), Cancel));
        Assert.Null(await Finder(house).HereAsync(house.Caller, Cancel));
        Assert.StartsWith("There is no investigation in this thread", (await Assert.ThrowsAsync<SreException>(() => NoteAsync(house, "hello", Thread with { Thread = "1700.2" }))).Message, StringComparison.Ordinal);
        Assert.StartsWith("There is no investigation in this thread", (await Assert.ThrowsAsync<SreException>(() => Export(house).HandleAsync("", house.Caller, Cancel))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_to_one_person_alone_is_not_the_threads()
    {
        var house = await AskedAsync(thread: null);

        Assert.Null(await Finder(house).HereAsync(At(house, Thread), Cancel));
    }

    [Fact]
    public async Task A_narrower_caller_finds_neither_the_thread_s_nor_one_by_its_id()
    {
        var house = await AskedAsync();
        var id = (await Finder(house).HereAsync(At(house, Thread), Cancel))!.Id;
        var narrow = At(house, Thread) with { Scope = house.Scope.CutTo(["Project_1"]) };

        Assert.Null(await Finder(house).HereAsync(narrow, Cancel));
        Assert.Equal(SreErrorKind.NotFound, (await Assert.ThrowsAsync<SreException>(() => Finder(house).NamedAsync(narrow.Scope, id.ToString(), Cancel))).Kind);
        Assert.Equal(SreErrorKind.NotFound, (await Assert.ThrowsAsync<SreException>(() => Finder(house).NamedAsync(house.Scope with { OrganizationId = house.Organization + 1 }, id.ToString(), Cancel))).Kind);
        Assert.Equal(id, (await Finder(house).NamedAsync(house.Scope, $"http://127.0.0.1:5080/investigations/{id}#step-2", Cancel)).Id);
    }

    [Fact]
    public async Task In_an_incidents_thread_the_incidents_own_counts_until_a_newer_question()
    {
        var house = await AskedAsync(thread: null);
        await HangOnIncidentAsync(house, 5);
        var recorder = await house.Recorders.StartAsync("What is the root cause of INC-5?", house.Caller, 5, Cancel);
        await recorder.KeepAsync("incident", house.Scope, "incident INC-5", new StepTable(["title"], [["Slow"]]), Cancel);
        await recorder.SaveAsync(ChatReply.Of("Server_9 is slow."), Cancel);

        var own = await Finder(house).HereAsync(At(house, Thread), Cancel);
        var named = await Finder(house).NamedAsync(house.Scope, "inc-5", Cancel);
        house.Time.Advance(TimeSpan.FromMinutes(1));
        await house.AskAsync("p95 of Server_9 in the last 10 minutes", Thread.ToConversation());
        var asked = await Finder(house).HereAsync(At(house, Thread), Cancel);

        Assert.Equal((recorder.InvestigationId, recorder.InvestigationId), (own!.Id, named.Id));
        Assert.Equal("p95 of Server_9 in the last 10 minutes", asked!.Question);
    }

    [Fact]
    public async Task An_export_is_a_file_with_a_link()
    {
        var house = await AskedAsync();

        foreach (var (text, ending) in (IEnumerable<(string, string)>)[("", ".ipynb"), ("html", ".html"), ("Markdown", ".md")])
        {
            var reply = await Export(house).HandleAsync(text, At(house, Thread), Cancel);

            var file = Assert.Single(reply.Blocks.OfType<ReplyFile>());
            Assert.EndsWith(ending, file.Name, StringComparison.Ordinal);
            Assert.True(file.Content.Length > 1000);
            Assert.Contains(((ReplySection)reply.Blocks[0]).Paragraphs[0].Runs, run => run.Url?.EndsWith(ending, StringComparison.Ordinal) == true);
        }
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("INC-1 html", true)]
    [InlineData("notebook", true)]
    [InlineData("of /checkout is slow, why?", false)]
    [InlineData("latency", false)]
    public void Export_is_a_command_only_when_it_names_what_and_how(string text, bool isCommand) =>
        Assert.Equal(isCommand, new ExportCommand(null!, Records.Links).Means(text));

    [Theory]
    [InlineData(0, "A note needs some words")]
    [InlineData(4001, "A note has at most 4,000 characters, and this one has 4,001")]
    public async Task A_note_has_words_and_an_end(int length, string start)
    {
        var house = await AskedAsync();

        Assert.StartsWith(start, (await Assert.ThrowsAsync<SreException>(() => NoteAsync(house, new string('x', length)))).Message, StringComparison.Ordinal);
    }

    private async Task<QuestionHouse> AskedAsync(string? thread = "slack:T01/C02/1700.1")
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        await house.SeedAsync(hours: 1);
        await house.AskAsync("p95 of Server_9 in the last 10 minutes", thread);
        house.Time.Advance(TimeSpan.FromSeconds(1));
        return house;
    }

    private static InvestigationFinder Finder(QuestionHouse house) => new(house.Steps, new PostedMessages(house.Postgres));

    private static ExportCommand Export(QuestionHouse house) => new(Finder(house), Records.Links);

    private static Task<ChatReply> NoteAsync(QuestionHouse house, string text, ChatAddress? address = null) =>
        new NoteCommand(Finder(house), new NoteStore(house.Postgres, house.Time)).HandleAsync(text, At(house, address ?? Thread), Cancel);

    private static Caller At(QuestionHouse house, ChatAddress address) => house.Caller with { Address = address };

    private static async Task HangOnIncidentAsync(QuestionHouse house, long incident)
    {
        await using var session = await house.Postgres.BeginAsync(house.Organization, Cancel);
        await session.Connection.ExecuteAsync(session.Command("INSERT INTO posted_message (organization_id, subject, target, message_id, sequence) VALUES (@Organization, @subject, @target, @Thread, 1)",
            new { house.Organization, subject = $"incident:{incident}", target = Thread.ToTarget(), Thread.Thread }, Cancel));
        await session.CommitAsync(Cancel);
    }
}
