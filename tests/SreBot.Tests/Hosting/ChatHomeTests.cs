using Microsoft.Extensions.Options;
using SreBot.Access;
using SreBot.Adapters.Chat;
using SreBot.Hosting;
using SreBot.Incidents;
using SreBot.Model;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Hosting;

public sealed class ChatHomeTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static readonly ChatUser Ana = new("slack", "T01", "U1", "Ana");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_finds_their_incidents_with_buttons_their_alerts_what_they_are_told_of_and_who_they_are()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await AdmitAsync(house, Ana, Role.Sre, "Project_1", "Project_2");
        await house.RuleAsync("create latency max > 20 ms over 1m in Project_1 as \"slow\"");
        await house.RuleAsync("create latency max > 20 ms over 1m in Project_3 as \"not hers\"");
        await house.RequestsAsync(0, 5, 100);
        await house.RequestsAsync(0, 5, 100, project: "Project_3");
        await house.RunAsync(5);
        var ana = house.Caller() with { Principal = house.Caller().Principal with { Id = await IdAsync(house) }, User = Ana };
        await AlertDesk.Of(house).SayAsync("subscribe me to slow", ana);

        var page = await Home(house).ShowAsync(Ana, "INC-7 is acknowledged.", Cancel);

        var text = string.Join('\n', page.Blocks.OfType<ReplySection>().SelectMany(section => section.Paragraphs.Concat(section.Bullets).Select(line => line.ToString()).Prepend(section.Title ?? "")));
        Assert.Contains("INC-7 is acknowledged.", text, StringComparison.Ordinal);
        Assert.Contains("slow at slack:T01/U1", text, StringComparison.Ordinal);
        Assert.Contains("You are Ana, sre in Acme. You see Project_1, Project_2.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("not hers", text, StringComparison.Ordinal);
        Assert.Equal("slow", Assert.Single(Assert.Single(page.Blocks.OfType<ReplyTable>()).Rows)[0]);
        var incident = Assert.Single(await house.Incidents.ListAsync(house.Scope with { Projects = ["Project_1"] }, new IncidentFilter("unresolved"), null, 9, Cancel));
        Assert.Equal([IncidentAcknowledge.ButtonVerb, IncidentSnooze.ButtonVerb, "ask", "alert.form"], page.Blocks.OfType<ReplyButtons>().SelectMany(row => row.Buttons).Select(button => button.Verb));
        Assert.Equal(incident.Number, page.Blocks.OfType<ReplyButtons>().First().Buttons[0].Value);
        Assert.Equal($"what is the root cause of {incident.Number}?", (await Home(house).SuggestAsync(Ana, Cancel))[0].Text);
    }

    [Fact]
    public async Task Who_only_looks_gets_no_buttons_that_change_anything()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await AdmitAsync(house, Ana, Role.Viewer, "Project_1");
        await house.RuleAsync("create latency max > 20 ms over 1m in Project_1 as \"slow\"");
        await house.RequestsAsync(0, 5, 100);
        await house.RunAsync(5);

        var page = await Home(house).ShowAsync(Ana, null, Cancel);

        Assert.Contains(page.Blocks.OfType<ReplySection>(), section => section.Title == "Open incidents");
        Assert.Empty(page.Blocks.OfType<ReplyButtons>());
    }

    [Fact]
    public async Task A_person_who_is_not_known_finds_one_sentence_and_nothing_else()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RuleAsync("create latency max > 20 ms in Project_1 as \"slow\"");

        var page = await Home(house).ShowAsync(Ana, null, Cancel);

        Assert.Matches("^I do not know you yet. Your code is [0-9A-Z]{4}-[0-9A-Z]{4}: ", page.Summary);
        Assert.Single(page.Blocks);
        Assert.Empty(await Home(house).SuggestAsync(Ana, Cancel));
    }

    private static ChatHome Home(AlertHouse house) => new(
        new CallerResolver(new PrincipalStore(house.Postgres, new LocalToken()), new ChannelLinks(house.Postgres, house.Time), new AdmissionCodes(house.Postgres, new IdentityStore(house.Postgres, house.Time), house.Time), Options.Create(new AccessOptions())),
        [AlertDesk.Of(house).Home, new PersonHome(), new IncidentHome(house.Incidents)], house.Time);

    private static async Task AdmitAsync(AlertHouse house, ChatUser user, Role role, params string[] projects)
    {
        var admin = house.Caller("Root", Role.Admin).Principal;
        await new IdentityStore(house.Postgres, house.Time).AdmitAsync(admin, user, role, projects, Cancel);
    }

    private static async Task<Guid> IdAsync(AlertHouse house) => Assert.Single(await house.QueryAsync<Guid>("SELECT principal_id FROM chat_identity"));
}
