using Dapper;
using Microsoft.AspNetCore.DataProtection;
using SreBot.Adapters.Chat;
using SreBot.Postgres;

namespace SreBot.Access;

/// <summary>Installations in PostgreSQL, sealed by the key ring, so that PostgreSQL and its dumps hold no token in the open.</summary>
internal sealed class ChatInstallations(PostgresDatabase postgres, IDataProtectionProvider protection, TimeProvider time) : IChatInstallations
{
    private const string FindSql = "SELECT secret, saved_at AS SavedAt FROM chat_installation WHERE platform = @platform AND workspace = @workspace";

    public async Task<ChatInstallation?> FindAsync(string platform, string workspace, CancellationToken cancel)
    {
        await using var session = await postgres.BeginGatewayAsync(cancel);
        return Open(await session.Connection.QuerySingleOrDefaultAsync<Row>(session.Command(FindSql, new { platform, workspace }, cancel)), platform, workspace);
    }

    private const string ListSql = "SELECT workspace FROM chat_installation WHERE platform = @platform ORDER BY workspace";

    public async Task<IReadOnlyList<string>> ListAsync(string platform, CancellationToken cancel)
    {
        await using var session = await postgres.BeginGatewayAsync(cancel);
        return [.. await session.Connection.QueryAsync<string>(session.Command(ListSql, new { platform }, cancel))];
    }

    private const string SaveSql = """
        INSERT INTO chat_installation (platform, workspace, secret, saved_at) VALUES (@platform, @workspace, @secret, @now)
        ON CONFLICT (platform, workspace) DO UPDATE SET secret = excluded.secret, saved_at = excluded.saved_at
        """;

    public async Task SaveAsync(string platform, string workspace, string secret, CancellationToken cancel)
    {
        await using var session = await postgres.BeginGatewayAsync(cancel);
        await SaveAsync(session, platform, workspace, secret, cancel);
        await session.CommitAsync(cancel);
    }

    private const string LockSql = FindSql + " FOR UPDATE";
    private const string RemoveSql = "DELETE FROM chat_installation WHERE platform = @platform AND workspace = @workspace";

    public async Task<string?> ChangeAsync(string platform, string workspace, Func<ChatInstallation, Task<string?>> change, CancellationToken cancel)
    {
        await using var session = await postgres.BeginGatewayAsync(cancel);
        if (Open(await session.Connection.QuerySingleOrDefaultAsync<Row>(session.Command(LockSql, new { platform, workspace }, cancel)), platform, workspace) is not { } now)
        {
            return null;
        }

        var next = await change(now);
        if (next is null)
        {
            await session.Connection.ExecuteAsync(session.Command(RemoveSql, new { platform, workspace }, cancel));
        }
        else if (next != now.Secret)
        {
            await SaveAsync(session, platform, workspace, next, cancel);
        }

        await session.CommitAsync(cancel);
        return next;
    }

    private const string ForgetSql = "DELETE FROM chat_ticket WHERE until < @now";
    private const string TakeSql = "INSERT INTO chat_ticket (ticket, until) VALUES (@ticket, @until) ON CONFLICT DO NOTHING";

    public async Task<bool> TakeOnceAsync(string ticket, DateTimeOffset until, CancellationToken cancel)
    {
        await using var session = await postgres.BeginGatewayAsync(cancel);
        await session.Connection.ExecuteAsync(session.Command(ForgetSql, new { now = time.GetUtcNow().UtcDateTime }, cancel));
        var taken = await session.Connection.ExecuteAsync(session.Command(TakeSql, new { ticket, until = until.UtcDateTime }, cancel));
        await session.CommitAsync(cancel);
        return taken == 1;
    }

    private Task SaveAsync(PostgresSession session, string platform, string workspace, string secret, CancellationToken cancel) =>
        session.Connection.ExecuteAsync(session.Command(SaveSql, new { platform, workspace, secret = For(platform, workspace).Protect(secret), now = time.GetUtcNow().UtcDateTime }, cancel));

    private ChatInstallation? Open(Row? row, string platform, string workspace) =>
        row is null ? null : new(workspace, For(platform, workspace).Unprotect(row.Secret), new DateTimeOffset(row.SavedAt, TimeSpan.Zero));

    /// <summary>What was sealed for one workspace cannot be opened as another's.</summary>
    private IDataProtector For(string platform, string workspace) => protection.CreateProtector("SreBot.Installations", platform, workspace);

    private sealed record Row
    {
        public string Secret { get; init; } = "";
        public DateTime SavedAt { get; init; }
    }
}
