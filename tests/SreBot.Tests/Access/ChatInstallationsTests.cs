using System.Security.Cryptography;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using SreBot.Access;
using SreBot.Postgres;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Access;

public sealed class ChatInstallationsTests(PostgresFixture postgres)
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private readonly EphemeralDataProtectionProvider keys = new();
    private readonly ManualTime time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    [Fact]
    public async Task What_is_kept_is_sealed_and_given_back_for_its_workspace()
    {
        var database = await postgres.NewDatabaseAsync();
        var kept = Kept(database);

        await kept.SaveAsync("slack", "T2", "xoxb-two", Cancel);
        await kept.SaveAsync("slack", "T1", "xoxb-one", Cancel);

        Assert.Equal(["T1", "T2"], await kept.ListAsync("slack", Cancel));
        Assert.Equal(("xoxb-one", time.GetUtcNow()), ((await kept.FindAsync("slack", "T1", Cancel))!.Secret, (await kept.FindAsync("slack", "T1", Cancel))!.SavedAt));
        Assert.Null(await kept.FindAsync("teams", "T1", Cancel));
        await using var session = await database.BeginGatewayAsync(Cancel);
        Assert.DoesNotContain("xoxb", string.Concat(await session.Connection.QueryAsync<string>(session.Command("SELECT secret FROM chat_installation", null, Cancel))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_moved_to_another_workspaces_row_does_not_open()
    {
        var database = await postgres.NewDatabaseAsync();
        var kept = Kept(database);
        await kept.SaveAsync("slack", "T1", "xoxb-one", Cancel);
        await using (var session = await database.BeginGatewayAsync(Cancel))
        {
            await session.Connection.ExecuteAsync(session.Command("UPDATE chat_installation SET workspace = 'T2'", null, Cancel));
            await session.CommitAsync(Cancel);
        }

        await Assert.ThrowsAsync<CryptographicException>(() => kept.FindAsync("slack", "T2", Cancel));
    }

    [Theory]
    [InlineData("chat_installation")]
    [InlineData("chat_ticket")]
    [InlineData("chat_code")]
    public async Task Neither_a_tenant_nor_the_loops_read_it(string table)
    {
        var database = await postgres.NewDatabaseAsync();
        var organization = await PostgresFixture.NewOrganizationAsync(database, "one");

        foreach (var begin in (Func<Task<PostgresSession>>[])[() => database.BeginAsync(organization, Cancel), () => database.BeginEvaluatorAsync(Cancel)])
        {
            await using var session = await begin();
            var error = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => session.Connection.ExecuteScalarAsync(session.Command($"SELECT count(*) FROM {table}", null, Cancel)));
            Assert.Equal("42501", error.SqlState);
        }
    }

    [Fact]
    public async Task Two_replicas_change_one_after_the_other()
    {
        var database = await postgres.NewDatabaseAsync();
        var (one, two) = (Kept(database), Kept(database));
        await one.SaveAsync("slack", "T1", "old", Cancel);
        var isIn = new TaskCompletionSource();
        var release = new TaskCompletionSource();

        var first = one.ChangeAsync("slack", "T1", async now =>
        {
            isIn.SetResult();
            await release.Task;
            return now.Secret + "+first";
        }, Cancel);
        await isIn.Task;
        var second = two.ChangeAsync("slack", "T1", now => Task.FromResult<string?>(now.Secret + "+second"), Cancel);
        Assert.Equal("old", (await two.FindAsync("slack", "T1", Cancel))!.Secret); // a reader does not wait
        release.SetResult();

        Assert.Equal("old+first", await first);
        Assert.Equal("old+first+second", await second);
    }

    [Fact]
    public async Task A_change_to_nothing_removes_and_one_that_fails_changes_nothing()
    {
        var kept = Kept(await postgres.NewDatabaseAsync());
        await kept.SaveAsync("slack", "T1", "old", Cancel);

        await Assert.ThrowsAsync<InvalidOperationException>(() => kept.ChangeAsync("slack", "T1", _ => throw new InvalidOperationException(), Cancel));
        Assert.Equal("old", (await kept.FindAsync("slack", "T1", Cancel))!.Secret);
        Assert.Null(await kept.ChangeAsync("slack", "T1", _ => Task.FromResult<string?>(null), Cancel));

        Assert.Null(await kept.FindAsync("slack", "T1", Cancel));
        Assert.Null(await kept.ChangeAsync("slack", "T1", _ => throw new InvalidOperationException(), Cancel));
    }

    [Fact]
    public async Task A_ticket_is_good_once_over_all_replicas()
    {
        var database = await postgres.NewDatabaseAsync();
        var until = time.GetUtcNow() + TimeSpan.FromMinutes(10);

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Kept(database).TakeOnceAsync("ticket", until, Cancel)));

        Assert.Equal(1, taken.Count(isMine => isMine));
        Assert.True(await Kept(database).TakeOnceAsync("another", until, Cancel));
    }

    private ChatInstallations Kept(PostgresDatabase database) => new(database, keys, time);
}
