using Microsoft.Extensions.Options;
using SreBot.Access;
using SreBot.Adapters.Chat;
using SreBot.Model;
using SreBot.Postgres;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Access;

/// <summary>domain.md: a channel turn runs in the channel's projects cut with the asker's.</summary>
public sealed class CallerResolverTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private static readonly ChatAddress Channel = new("slack", "T1", "C1");
    private static readonly ChatUser Alice = new("slack", "T1", "U1", "Alice");

    private readonly LocalToken local = new();
    private PostgresDatabase database = null!;
    private PrincipalStore principals = null!;
    private ChannelLinks links = null!;
    private Principal admin = null!;

    public async ValueTask InitializeAsync()
    {
        database = await postgres.NewDatabaseAsync();
        principals = new PrincipalStore(database, local);
        links = new ChannelLinks(database, TimeProvider.System);
        await new OrganizationSetup(database).EnsureDefaultAsync(Cancel);
        var organization = (await principals.FindAdminAsync(Cancel))!.Scope.OrganizationId;
        await using var session = await database.BeginAsync(organization, Cancel);
        await Dapper.SqlMapper.ExecuteAsync(session.Connection, session.Command(
            "INSERT INTO project (organization_id, id) SELECT @organization, unnest(ARRAY['Project_1', 'Project_2', 'Project_3'])", new { organization }, Cancel));
        await session.CommitAsync(Cancel);
        admin = (await principals.FindAdminAsync(Cancel))!;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_admin_token_is_given_once_and_names_the_admin()
    {
        var other = await postgres.NewDatabaseAsync();
        var setup = new OrganizationSetup(other);

        var token = await setup.EnsureDefaultAsync(Cancel);
        var again = await setup.EnsureDefaultAsync(Cancel);

        Assert.StartsWith(AccessToken.Prefix, token, StringComparison.Ordinal);
        Assert.Null(again);
        var store = new PrincipalStore(other, local);
        Assert.Equal(Role.Admin, (await store.FindByTokenAsync(token!, Cancel))!.Scope.Role);
        Assert.Equal("admin", (await store.FindByTokenAsync(local.Value, Cancel))!.Name);
        Assert.Null(await store.FindByTokenAsync(token + "x", Cancel));
    }

    [Fact]
    public async Task A_stranger_is_given_a_code_and_told_what_an_admin_does_with_it()
    {
        var error = await Assert.ThrowsAsync<SreException>(() => Resolver().ResolveAsync(Turn("why?"), Cancel));

        Assert.Equal(SreErrorKind.Forbidden, error.Kind);
        var code = await Codes().GiveAsync(Alice, Cancel);
        Assert.Contains($"Your code is {code}:", error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"sre-bot admit {code} --role sre", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_channel_sees_its_projects_cut_with_the_askers()
    {
        await AdmitAsync(Role.Sre, "Project_1", "Project_2");
        await links.AddAsync(admin.Scope, Channel, "Project_2", "admin", Cancel);
        await links.AddAsync(admin.Scope, Channel, "Project_3", "admin", Cancel);

        var resolved = await Resolver().ResolveAsync(Turn("why is it slow?"), Cancel);

        Assert.Equal(["Project_2"], resolved.Caller.Scope.Projects);
        Assert.False(resolved.IsPrivate);
    }

    [Fact]
    public async Task A_question_that_names_more_is_answered_to_the_asker_alone()
    {
        await AdmitAsync(Role.Sre, "Project_1", "Project_2");
        await links.AddAsync(admin.Scope, Channel, "Project_2", "admin", Cancel);

        var resolved = await Resolver().ResolveAsync(Turn("why is Project_1 slow?"), Cancel);

        Assert.True(resolved.IsPrivate);
        Assert.Equal(["Project_1", "Project_2"], resolved.Caller.Scope.Projects);
    }

    [Fact]
    public async Task A_project_that_the_asker_may_not_see_stays_out_however_it_is_named()
    {
        await AdmitAsync(Role.Sre, "Project_2");
        await links.AddAsync(admin.Scope, Channel, "Project_2", "admin", Cancel);

        var resolved = await Resolver().ResolveAsync(Turn("why is Project_3 slow?"), Cancel);

        Assert.False(resolved.IsPrivate);
        Assert.Equal(["Project_2"], resolved.Caller.Scope.Projects);
    }

    [Fact]
    public async Task By_setting_the_members_of_a_linked_channel_read()
    {
        await links.AddAsync(admin.Scope, Channel, "Project_2", "admin", Cancel);

        var resolved = await Resolver(membersRead: true).ResolveAsync(Turn("why?"), Cancel);

        Assert.Equal((Role.Viewer, "Project_2"), (resolved.Caller.Scope.Role, Assert.Single(resolved.Caller.Scope.Projects)));
        await Assert.ThrowsAsync<SreException>(() => Resolver(membersRead: true).ResolveAsync(Turn("why?") with { Address = Channel with { Channel = "C2" } }, Cancel));
    }

    [Fact]
    public async Task By_setting_members_read_what_the_channel_is_linked_to_in_another_organization_than_the_first()
    {
        var other = await PostgresFixture.NewOrganizationAsync(database, "other", "Project_8");
        await using (var session = await database.BeginAsync(other, Cancel))
        {
            await Dapper.SqlMapper.ExecuteAsync(session.Connection, session.Command(
                """
                INSERT INTO principal (organization_id, name, role, all_projects) VALUES (@other, 'admin', 'admin', true);
                INSERT INTO channel_link (organization_id, platform, workspace, channel, project_id, linked_by, created_at) VALUES (@other, 'slack', 'T1', 'C1', 'Project_8', 'admin', now());
                """, new { other }, Cancel));
            await session.CommitAsync(Cancel);
        }

        var resolved = await Resolver(membersRead: true).ResolveAsync(Turn("why?"), Cancel);

        Assert.Equal((other, "Project_8"), (resolved.Caller.Scope.OrganizationId, Assert.Single(resolved.Caller.Scope.Projects)));
    }

    [Fact]
    public async Task Linking_needs_an_admin_and_a_known_project()
    {
        await AdmitAsync(Role.Sre, "Project_1");
        var asker = (await Resolver().ResolveAsync(Turn("link Project_1"), Cancel)).Caller;
        var command = new LinkCommand(links);

        var forbidden = await Assert.ThrowsAsync<SreException>(() => command.HandleAsync("Project_1", asker, Cancel));
        var unknown = await Assert.ThrowsAsync<SreException>(() => command.HandleAsync("Project_9", new Caller(admin, admin.Scope, Channel, Alice), Cancel));
        var linked = await command.HandleAsync("project_1", new Caller(admin, admin.Scope, Channel, Alice), Cancel);

        Assert.Equal(SreErrorKind.Forbidden, forbidden.Kind);
        Assert.Contains("Project_1, Project_2, Project_3", unknown.Message, StringComparison.Ordinal);
        Assert.Equal("This channel sees Project_1.", linked.Summary);
    }

    private CallerResolver Resolver(bool membersRead = false) => new(principals, links, Codes(), Options.Create(new AccessOptions { ChannelMembersRead = membersRead }));

    private AdmissionCodes Codes() => new(database, new IdentityStore(database, TimeProvider.System), TimeProvider.System);

    private Task AdmitAsync(Role role, params string[] projects) => new IdentityStore(database, TimeProvider.System).AdmitAsync(admin, Alice, role, projects, Cancel);

    private static ChatTurn Turn(string text) =>
        new() { EventId = "1", Kind = ChatTurnKind.Message, Address = Channel, User = Alice, Text = text, At = TimeProvider.System.GetUtcNow() };
}
