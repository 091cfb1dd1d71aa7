using SreBot.Adapters.Chat;
using SreBot.Cli.Seeding;
using SreBot.Model;
using SreBot.Planning;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Planning;

public sealed class PlannerTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_why_with_a_chart_and_a_link_to_its_saved_steps()
    {
        var house = await SlowServerAsync();

        var reply = await house.AskAsync("why is Server_9 slow?");

        Assert.StartsWith("Server_9 itself became slow", reply.Summary, StringComparison.Ordinal);
        Assert.Single(reply.Blocks.OfType<ReplyChart>());
        var url = ((ReplySection)reply.Blocks[^1]).Paragraphs[0].Runs[^1].Url!;
        var kept = await house.Steps.FindAsync(house.Scope, Guid.Parse(url["/investigations/".Length..]), Cancel);
        Assert.Equal("why is Server_9 slow?", kept!.Question);
        Assert.Equal(reply.Summary, kept.Answer!.Summary);
        Assert.True(kept.Steps.Count >= 4);
        Assert.All(kept.Steps, step => Assert.NotEmpty(step.Sql));
    }

    [Fact]
    public async Task Takes_part_of_a_follow_up_from_the_thread()
    {
        var house = await SlowServerAsync();
        await house.AskAsync("p95 of Server_9 in the last 10 minutes", "web:acme/general/1");

        var reply = await house.AskAsync("and Server_3?", "web:acme/general/1");
        var elsewhere = await house.AskAsync("and Server_3?", "web:acme/general/2");

        Assert.StartsWith("p95 latency of Server_3", reply.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("p95", elsewhere.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Carries_what_was_asked_through_a_thread_of_four()
    {
        var house = await SlowServerAsync();
        const string thread = "web:acme/general/1";
        await house.AskAsync("why is checkout slow?", thread);
        await house.AskAsync("thanks", thread);
        await house.AskAsync("which server?", thread);

        var reply = await house.AskAsync("only mobile, by p95", thread);

        Assert.StartsWith("Server_9 has the highest p95 latency of platform mobile, service checkout", reply.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_how_it_read_the_time_that_a_cause_was_asked_for()
    {
        var house = await SlowServerAsync();
        house.Changes.All.Add(new ChangeFacts(QuestionHouse.Now.AddSeconds(-30).AddMinutes(-25), "deploy", "checkout", "v42", "deploy of checkout v42", "", ""));

        var reply = await house.AskAsync("did the deploy break anything?");

        Assert.Contains("Asked about 2026-03-01 11:35 to 12:00 UTC (since deploy of checkout v42 at 2026-03-01 11:35 UTC).", QuestionHouse.Text(reply), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Ask me something")]
    [InlineData("   ", "Ask me something")]
    [InlineData("SELECT * FROM request", "I do not run SQL")]
    [InlineData("what is up'; DROP TABLE incident; --", "I do not run SQL")]
    [InlineData("why is INC-99 slow?", "I see no incident INC-99")]
    [InlineData("why is Server_99 slow?", "I see no server 'Server_99'; did you mean Server_9")]
    [InlineData("why is chekout slow?", "I see nothing named 'chekout'; did you mean service checkout?")]
    [InlineData("payments errors", "I see nothing named 'payments'; did you mean endpoint POST /pay?")]
    [InlineData("apdex", "There is no metric 'apdex'; there are latency")]
    [InlineData("p75 of Server_9", "I do not compute p75; ask for p50, p90")]
    [InlineData("p95 since the deploy", "No deploy is recorded in the last 7 days; tell me of one with: deploy checkout v42, or name a time.")]
    [InlineData("who's on call?", "That I do not know or do")]
    [InlineData("what can you do?", "I find out why")]
    [InlineData("sing me a song", "I did not understand that.")]
    public async Task Answers_what_it_cannot_work_with_one_helpful_sentence(string question, string start)
    {
        var house = await SlowServerAsync();

        Assert.StartsWith(start, (await house.AskAsync(question)).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_repeat_a_question_of_100_kB()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);

        var reply = await house.AskAsync(new string('z', 100_000));

        Assert.DoesNotContain("zz", QuestionHouse.Text(reply), StringComparison.Ordinal);
        Assert.Contains("4,000", reply.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("which server should I select from the list?")]
    [InlineData("why did the deploy drop traffic?")]
    [InlineData("create alert latency max > 20 ms")]
    public void Takes_plain_words_for_no_SQL(string question) => Assert.Null(QuestionCheck.Refuse(question));

    [Fact]
    public async Task Hides_what_a_tool_breaks_on()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        var planner = house.Planner(more: [new BrokenPlugin()]);

        var reply = await house.AskAsync("list alerts", null, planner);

        Assert.StartsWith("Internal error", reply.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", QuestionHouse.Text(reply), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_the_steps_of_an_answer_that_was_cut_off()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        using var source = new CancellationTokenSource();
        var planner = house.Planner(more: [new BrokenPlugin(source.Cancel)]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => planner.AnswerAsync("list alerts", house.Caller, null, new Progress<string>(), source.Token));

        await using var session = await house.Postgres.BeginAsync(house.Organization, Cancel);
        Assert.Equal(1, await Dapper.SqlMapper.ExecuteScalarAsync<long>(session.Connection, session.Command("SELECT count(*) FROM step WHERE question = 'before the break'", null, Cancel)));
    }

    private async Task<QuestionHouse> SlowServerAsync()
    {
        var house = await QuestionHouse.NewAsync(postgres, telemetry);
        await house.SeedAsync(plan => plan.With(CauseDraw.SlowServer("Server_9", 3, new TimeWindow(QuestionHouse.Now.AddMinutes(-20), QuestionHouse.Now))), hours: 3);
        return house;
    }
}
