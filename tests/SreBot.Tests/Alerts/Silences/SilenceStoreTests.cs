using SreBot.Adapters.Chat;
using SreBot.Alerts.Silences;
using SreBot.Model;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Planning;
using SreBot.Tests.Telemetry;

namespace SreBot.Tests.Alerts.Silences;

public sealed class SilenceStoreTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_silence_reaches_no_further_than_its_writer_sees()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var desk = AlertDesk.Of(house);
        var (ana, now) = (house.Caller(), house.Time.GetUtcNow());
        var narrow = ana with { Scope = ana.Scope.CutTo(["Project_1"]) };
        var mobile = ana with { Scope = ana.Scope with { Conditions = [new("platform", "mobile")] } };
        var boss = ana with { Scope = ana.Scope with { SeesAllProjects = true } };

        await RefusedAsync(SreErrorKind.Invalid, "Word 2 should be a project that you can see here (Project_1), not 'Project_2'", () => desk.SayAsync("silence Project_2 for 2h", narrow));
        await RefusedAsync(SreErrorKind.Forbidden, "You cannot see Project_2 here", () => desk.Silences.AddAsync(narrow.Scope, new Silence { Projects = ["Project_2"], StartsAt = now, EndsAt = now.AddHours(1) }, "Ana", now, Cancel));
        await desk.SayAsync("silence all for 2h", narrow);
        await desk.SayAsync("silence all for 2h", mobile);
        await desk.SayAsync("silence all for 2h", boss);

        Assert.Equal(["1 {Project_1} []", "2 {Project_1,Project_2,Project_3} [{\"value\": \"mobile\", \"dimension\": \"platform\"}]", "3 {} []"],
            await house.QueryAsync<string>("SELECT id || ' ' || projects::text || ' ' || matcher::text FROM silence ORDER BY id"));
        Assert.Equal([1, 3], (await desk.Silences.ListAsync(narrow.Scope, now, Cancel)).Select(silence => silence.Id));
        await RefusedAsync(SreErrorKind.NotFound, "There is no silence 2 that you can see; there are 1, 3.", () => desk.SayAsync("unsilence 2", narrow));
        await RefusedAsync(SreErrorKind.Forbidden, "reaches projects that you cannot see here", () => desk.SayAsync("unsilence 3", narrow));
        await desk.SayAsync("unsilence 1", narrow);
        Assert.Equal([3], (await desk.Silences.ListAsync(narrow.Scope, now, Cancel)).Select(silence => silence.Id));
        var other = await PostgresFixture.NewOrganizationAsync(house.Postgres, "other", "Project_9");
        Assert.Empty(await desk.Silences.ListAsync(boss.Scope with { OrganizationId = other }, now, Cancel));
    }

    [Fact]
    public async Task What_is_still_triggered_when_a_silence_is_ended_is_told_then()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var desk = AlertDesk.Of(house);
        await house.RuleAsync("create latency max > 20 over 1m in Project_1 by server as slow");
        await desk.SayAsync("silence Project_1 where server_id = Server_1 for 2h because \"new disk\"", house.Caller());
        await house.RequestsAsync(0, 5, latency: 80, server: "Server_1");
        await house.RunAsync(2);
        Assert.Empty(house.Poster.Channel);
        Assert.Contains("Project_1, server_id Server_1", QuestionHouse.Text(await desk.SayAsync("silences", house.Caller())), StringComparison.Ordinal);

        await house.RequestsAsync(2, 5, latency: 80, server: "Server_2");
        await house.RunAsync(3);
        Assert.Contains("Server_2", Assert.Single(house.Poster.Channel), StringComparison.Ordinal);

        await desk.SayAsync("unsilence 1", house.Caller());
        await house.RunAsync(4);
        Assert.Equal(2, house.Poster.Channel.Count());
        Assert.Equal("Nothing is silenced. For example: alert silence Project_1 for 2h because \"new disk\"", (await desk.SayAsync("silences", house.Caller())).Summary);
    }

    [Fact]
    public async Task A_repeated_one_that_is_ended_does_not_come_again_and_one_to_come_never_begins()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var desk = AlertDesk.Of(house);
        await desk.SayAsync("maintenance Project_1 every day 09:00 to 11:00", house.Caller());
        await desk.SayAsync("silence Project_1 from 20:00 to 21:00", house.Caller());
        Assert.Equal(2, (await desk.Silences.ListAsync(house.Scope, house.Time.GetUtcNow(), Cancel)).Count);
        house.Time.Advance(TimeSpan.FromMinutes(1));

        await desk.SayAsync("unsilence 1", house.Caller());
        await desk.SayAsync("unsilence 2", house.Caller());

        Assert.Empty(await desk.Silences.ListAsync(house.Scope, house.Time.GetUtcNow(), Cancel));
        var rule = await house.RuleAsync("create latency max > 20 in Project_1 as slow");
        foreach (var row in await house.QueryAsync<SilenceRow>($"SELECT {SilenceRow.Columns} FROM silence"))
        {
            Assert.False(row.ToSilence().Covers(rule, "", Requests.Start.AddDays(1)));
            Assert.False(row.ToSilence().Covers(rule, "", Requests.Start.AddHours(10.5)));
        }
    }

    [Fact]
    public async Task An_unmuted_rule_speaks_again()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        var desk = AlertDesk.Of(house);
        await house.RuleAsync("create latency max > 20 over 1m in Project_1 as slow");
        await desk.SayAsync("mute slow for 2h because \"known\"", house.Caller());
        Assert.NotNull((await house.Alerts.FindAsync(house.Scope, "slow", Cancel)).SilencedUntil);

        Assert.Equal("\"slow\" speaks again.", (await desk.SayAsync("unmute slow", house.Caller())).Summary);

        Assert.Null((await house.Alerts.FindAsync(house.Scope, "slow", Cancel)).SilencedUntil);
        Assert.StartsWith("\"slow\" is not muted by itself", (await desk.SayAsync("unmute slow", house.Caller())).Summary, StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(SreErrorKind kind, string message, Func<Task> act)
    {
        var error = await Assert.ThrowsAsync<SreException>(act);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(kind, error.Kind);
    }
}
