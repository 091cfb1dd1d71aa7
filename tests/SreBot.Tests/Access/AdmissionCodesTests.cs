using SreBot.Access;
using SreBot.Adapters.Chat;
using SreBot.Model;
using SreBot.Postgres;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Access;

/// <summary>A stranger's code, and the admin who confirms it.</summary>
public sealed class AdmissionCodesTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private static readonly ChatUser Alice = new("slack", "T1", "U1", "Alice");
    private static readonly ChatAddress Channel = new("slack", "T1", "C1");

    private readonly ManualTime time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private PostgresDatabase database = null!;
    private PrincipalStore principals = null!;
    private AdmissionCodes codes = null!;
    private Principal admin = null!;

    public async ValueTask InitializeAsync()
    {
        database = await postgres.NewDatabaseAsync();
        principals = new PrincipalStore(database, new LocalToken());
        codes = new AdmissionCodes(database, new IdentityStore(database, time), time);
        await new OrganizationSetup(database).EnsureDefaultAsync(Cancel);
        admin = (await principals.FindAdminAsync(Cancel))!;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_person_keeps_their_code_for_a_day()
    {
        var first = await codes.GiveAsync(Alice, Cancel);
        time.Advance(TimeSpan.FromHours(23));
        var again = await codes.GiveAsync(Alice with { Name = null }, Cancel);
        var other = await codes.GiveAsync(Alice with { Id = "U2" }, Cancel);
        time.Advance(TimeSpan.FromHours(1));
        var late = await Assert.ThrowsAsync<SreException>(() => codes.ConfirmAsync(admin, first, Role.Sre, null, Cancel));

        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$", first);
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Equal(SreErrorKind.NotFound, late.Kind);
        Assert.NotEqual(first, await codes.GiveAsync(Alice, Cancel));
    }

    [Fact]
    public async Task An_admin_confirms_a_code_once_however_it_is_typed()
    {
        var code = await codes.GiveAsync(Alice, Cancel);
        var typed = code.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal).Replace('0', 'o').Replace('1', 'l');

        var user = await codes.ConfirmAsync(admin, typed, Role.Sre, null, Cancel);
        var again = await Assert.ThrowsAsync<SreException>(() => codes.ConfirmAsync(admin, code, Role.Admin, null, Cancel));

        Assert.Equal(Alice, user);
        var principal = await principals.FindByIdentityAsync(Alice, Cancel);
        Assert.Equal(("Alice", Role.Sre), (principal!.Name, principal.Scope.Role));
        Assert.Contains("it was used", again.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistake_of_the_admin_does_not_use_the_code_up()
    {
        var code = await codes.GiveAsync(Alice, Cancel);

        await Assert.ThrowsAsync<SreException>(() => codes.ConfirmAsync(admin, code, Role.Sre, ["Project_9"], Cancel));
        await codes.ConfirmAsync(admin, code, Role.Viewer, null, Cancel);

        Assert.Equal(Role.Viewer, (await principals.FindByIdentityAsync(Alice, Cancel))!.Scope.Role);
    }

    [Theory]
    [InlineData("Viewer")]
    [InlineData("Sre")]
    public async Task Only_an_admin_confirms(string role)
    {
        var code = await codes.GiveAsync(Alice, Cancel);
        var other = admin with { Scope = admin.Scope with { Role = Enum.Parse<Role>(role) } };

        var error = await Assert.ThrowsAsync<SreException>(() => codes.ConfirmAsync(other, code, Role.Admin, null, Cancel));

        Assert.Equal(SreErrorKind.Forbidden, error.Kind);
        Assert.Null(await principals.FindByIdentityAsync(Alice, Cancel));
    }

    [Fact]
    public async Task In_chat_an_admin_admits_by_code_or_by_mention()
    {
        var command = new AdmitChat(codes, new IdentityStore(database, time));
        var caller = new Caller(admin, admin.Scope, Channel, Alice with { Id = "U9" });
        var code = await codes.GiveAsync(Alice, Cancel);

        Assert.True(command.Means($"{code} as sre"));
        Assert.False(command.Means("that Server_9 is slow"));
        Assert.Equal("Alice may now ask me, as sre of all projects.", (await command.HandleAsync($"{code} as sre", caller, Cancel)).Summary);
        Assert.Equal("U02BOB may now ask me, as viewer of all projects.", (await command.HandleAsync("@U02BOB as viewer", caller, Cancel)).Summary);

        Assert.Equal(Role.Viewer, (await principals.FindByIdentityAsync(Alice with { Id = "U02BOB" }, Cancel))!.Scope.Role);
        Assert.Equal(SreErrorKind.Invalid, (await Assert.ThrowsAsync<SreException>(() => command.HandleAsync("", caller, Cancel))).Kind);
        var stranger = caller with { Principal = admin with { Scope = admin.Scope with { Role = Role.Sre } } };
        Assert.Equal(SreErrorKind.Forbidden, (await Assert.ThrowsAsync<SreException>(() => command.HandleAsync("@U03EVE as admin", stranger, Cancel))).Kind);
    }
}
