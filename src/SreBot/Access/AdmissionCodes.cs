using Dapper;
using SreBot.Adapters.Chat;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Access;

/// <summary>Codes of people who wrote to the bot and are not known yet. Only an admin can do something with one.</summary>
internal sealed class AdmissionCodes(PostgresDatabase postgres, IdentityStore identities, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private const string GiveSql = """
        INSERT INTO chat_code (platform, workspace, user_id, name, code, expires_at)
        VALUES (@Platform, @Workspace, @Id, @Name, @code, @until)
        ON CONFLICT (platform, workspace, user_id) DO UPDATE SET
            name = coalesce(excluded.name, chat_code.name),
            code = CASE WHEN chat_code.expires_at > @now THEN chat_code.code ELSE excluded.code END,
            expires_at = CASE WHEN chat_code.expires_at > @now THEN chat_code.expires_at ELSE excluded.expires_at END
        RETURNING code
        """;

    /// <summary>The person's code; the same one for a day.</summary>
    public async Task<string> GiveAsync(ChatUser user, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var session = await postgres.BeginGatewayAsync(cancel);
        var code = await session.Connection.QuerySingleAsync<string>(session.Command(GiveSql, new
        {
            user.Platform,
            user.Workspace,
            user.Id,
            user.Name,
            code = AdmissionCode.New(),
            now = now.UtcDateTime,
            until = (now + Lifetime).UtcDateTime,
        }, cancel));
        await session.CommitAsync(cancel);
        return code;
    }

    private const string FindSql = "SELECT platform, workspace, user_id AS UserId, name FROM chat_code WHERE code = @code AND expires_at > @now";
    private const string RemoveSql = "DELETE FROM chat_code WHERE code = @code OR expires_at < @now";

    /// <summary>Admits the person who was given that code; the code is used up.</summary>
    /// <exception cref="SreException">Forbidden without the admin role; NotFound for a code that nobody has, or a project that is not there.</exception>
    public async Task<ChatUser> ConfirmAsync(Principal admin, string text, Role role, IReadOnlyList<string>? projects, CancellationToken cancel)
    {
        admin.Scope.Require(Role.Admin, "admit people");
        var parameters = new { code = AdmissionCode.Read(text), now = time.GetUtcNow().UtcDateTime };
        await using var session = await postgres.BeginGatewayAsync(cancel);
        var found = await session.Connection.QuerySingleOrDefaultAsync<Row>(session.Command(FindSql, parameters, cancel))
            ?? throw new SreException(SreErrorKind.NotFound, $"Nobody has the code {text}: it was used, or is older than a day. The person writes to me for a new one.");
        var user = new ChatUser(found.Platform, found.Workspace, found.UserId, found.Name);
        await identities.AdmitAsync(admin, user, role, projects, cancel);
        await session.Connection.ExecuteAsync(session.Command(RemoveSql, parameters, cancel));
        await session.CommitAsync(cancel);
        return user;
    }

    private sealed record Row
    {
        public string Platform { get; init; } = "";
        public string Workspace { get; init; } = "";
        public string UserId { get; init; } = "";
        public string? Name { get; init; }
    }
}
