using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SreBot.Access;
using SreBot.Adapters.Chat;
using SreBot.Cli.Seeding;
using SreBot.Hosting;
using SreBot.Model;
using SreBot.Planning;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Planning;

namespace SreBot.Tests.Hosting;

public sealed class TurnWorkerTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static readonly ChatUser Ana = new("slack", "T01", "U1", "Ana");
    private static readonly ChatAddress Channel = new("slack", "T01", "C02", "1790000000.000100");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_question_asked_directly_grows_step_by_step_into_one_answer_under_its_key()
    {
        var house = await HouseAsync();
        var poster = new StreamingPoster();

        Assert.True(await Worker(house, poster).WorkAsync(Stored(Direct("why is Server_9 slow?")), Cancel));

        Assert.NotEmpty(poster.Steps);
        var (key, reply) = Assert.Single(poster.Finished);
        Assert.Equal("answer:e1", key);
        Assert.StartsWith("Server_9 itself became slow", reply.Summary, StringComparison.Ordinal);
        Assert.Empty(poster.Posted.Messages);
    }

    [Fact]
    public async Task An_end_of_which_nothing_was_heard_is_tried_again_on_the_same_message()
    {
        var house = await HouseAsync();
        var poster = new StreamingPoster();
        poster.Outcomes.Enqueue(new PostOutcome.TryAgain("lost", TimeSpan.Zero, IsUncertain: true));

        Assert.True(await Worker(house, poster).WorkAsync(Stored(Direct("help")), Cancel));

        Assert.Equal(2, poster.Finished.Count);
        Assert.Equal((1, 0), (poster.Opened, poster.Posted.Messages.Count));
    }

    [Fact]
    public async Task An_answer_that_has_no_place_in_the_channel_goes_to_the_person_alone()
    {
        var house = await HouseAsync();
        var poster = new RecordingPoster();
        poster.Next(new PostOutcome.GaveUp("not in that channel"));

        Assert.True(await Worker(house, poster).WorkAsync(Stored(Direct("help") with { IsDirect = false, Address = Channel }), Cancel));

        Assert.Single(poster.Messages); // the second post, which is the private one
    }

    [Fact]
    public async Task A_message_is_explained_in_its_thread_in_the_scope_of_the_channel()
    {
        var house = await HouseAsync();
        var poster = new RecordingPoster();

        Assert.True(await Worker(house, poster).WorkAsync(Stored(Shortcut("[FIRING] Server_9 is slow")), Cancel));

        Assert.StartsWith("Server_9 itself became slow", Assert.Single(poster.Messages).Summary, StringComparison.Ordinal);
        Assert.Equal(Channel, poster.Messages[0].Address);
    }

    [Fact]
    public async Task A_message_that_reads_like_a_command_is_a_question_all_the_same()
    {
        var house = await HouseAsync();
        var poster = new RecordingPoster();

        await Worker(house, poster).WorkAsync(Stored(Shortcut("link remove Project_1")), Cancel);

        Assert.DoesNotContain("linked to no project", Assert.Single(poster.Messages).Summary, StringComparison.Ordinal);
        Assert.Equal(["Project_1", "Project_2", "Project_3"], await new ChannelLinks(house.Postgres, house.Time).ReadAsync(house.Scope, Channel, Cancel));
    }

    private async Task<QuestionHouse> HouseAsync()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        await house.SeedAsync(plan => plan.With(CauseDraw.SlowServer("Server_9", 3, new TimeWindow(QuestionHouse.Now.AddMinutes(-20), QuestionHouse.Now))), hours: 3);
        var admin = house.Caller.Principal with { Scope = house.Scope with { Role = Role.Admin } };
        await new IdentityStore(house.Postgres, house.Time).AdmitAsync(admin, Ana, Role.Admin, null, Cancel);
        foreach (var project in house.Scope.Projects)
        {
            await new ChannelLinks(house.Postgres, house.Time).AddAsync(house.Scope, Channel, project, "test", Cancel);
        }

        return house;
    }

    private static TurnWorker Worker(QuestionHouse house, IChatPoster poster)
    {
        var links = new ChannelLinks(house.Postgres, house.Time);
        var callers = new CallerResolver(new PrincipalStore(house.Postgres, new LocalToken()), links, new AdmissionCodes(house.Postgres, new IdentityStore(house.Postgres, house.Time), house.Time), Options.Create(new AccessOptions()));
        var answers = new TurnAnswers(callers, new TextRouter([new LinkCommand(links)], house.Planner()), new TurnForms([], []), [], NullLogger<TurnAnswers>.Instance);
        return new TurnWorker([poster], answers, house.Time, NullLogger<TurnWorker>.Instance);
    }

    private static StoredTurn Stored(ChatTurn turn) => new(1, turn, 1);

    private static ChatTurn Direct(string text) => new()
    {
        EventId = "e1",
        Kind = ChatTurnKind.Message,
        Address = new ChatAddress("slack", "T01", "D01", "1790000000.000100"),
        User = Ana,
        Text = text,
        IsDirect = true,
        At = QuestionHouse.Now,
    };

    private static ChatTurn Shortcut(string text) => Direct(text) with { Kind = ChatTurnKind.Shortcut, Command = "explain", IsDirect = false, Address = Channel };

    /// <summary>A platform where messages grow.</summary>
    private sealed class StreamingPoster : IChatPoster, IChatStream
    {
        public RecordingPoster Posted { get; } = new();

        public List<string> Steps { get; } = [];

        public List<(string Key, ChatReply Reply)> Finished { get; } = [];

        /// <summary>What the next ends come to; posted unless said.</summary>
        public Queue<PostOutcome> Outcomes { get; } = new();

        public int Opened { get; private set; }

        public string Platform => "slack";

        public IChatStream? OpenStream(ChatTurn turn)
        {
            Opened++;
            return this;
        }

        public Task ShowAsync(string step, CancellationToken cancel)
        {
            Steps.Add(step);
            return Task.CompletedTask;
        }

        public Task<PostOutcome> FinishAsync(ChatReply reply, string key, CancellationToken cancel)
        {
            Finished.Add((key, reply));
            return Task.FromResult(Outcomes.TryDequeue(out var outcome) ? outcome : new PostOutcome.Posted("1"));
        }

        public Task<PostOutcome> PostAsync(ChatAddress address, ChatReply reply, string key, CancellationToken cancel) => Posted.PostAsync(address, reply, key, cancel);

        public Task<PostOutcome> UpdateAsync(ChatAddress address, string messageId, ChatReply reply, CancellationToken cancel) => Posted.UpdateAsync(address, messageId, reply, cancel);

        public Task<PostOutcome> PostPrivateAsync(ChatAddress address, ChatUser user, ChatReply reply, string key, CancellationToken cancel) => Posted.PostPrivateAsync(address, user, reply, key, cancel);

        public Task<string?> FindAsync(ChatAddress address, string key, DateTimeOffset since, CancellationToken cancel) => Posted.FindAsync(address, key, since, cancel);

        public Task ShowProgressAsync(ChatAddress address, string text, CancellationToken cancel) => Task.CompletedTask;
    }
}
