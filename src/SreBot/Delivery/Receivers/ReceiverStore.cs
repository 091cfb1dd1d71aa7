using Dapper;
using SreBot.Adapters.Chat;
using SreBot.Delivery.Http;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Delivery.Receivers;

/// <summary>Keeps where alerts may go outside chat. An admin decides; each decision is in the audit.</summary>
internal sealed class ReceiverStore(PostgresDatabase postgres, ReceiverSecrets secrets, OutsideDoor door, OutboxSignal signal, TimeProvider time)
{
    private const int ShortestKey = 16;

    private const string UnknownProjectsSql = "SELECT wanted FROM unnest(@projects) wanted WHERE wanted NOT IN (SELECT id FROM project)";

    private const string SaveSql = """
        INSERT INTO receiver (organization_id, target, address, secret, projects, created_by, created_at)
        VALUES (@OrganizationId, @target, @address, @secret, @projects, @who, @now)
        ON CONFLICT (organization_id, target) DO UPDATE SET address = excluded.address, secret = coalesce(excluded.secret, receiver.secret), projects = excluded.projects
        """;

    private const string RemoveSql = "DELETE FROM receiver WHERE organization_id = @OrganizationId AND target = @target";
    private const string RulesSql = "SELECT count(*) FROM alert WHERE NOT soft_delete AND @target = ANY(targets)";
    private const string AuditSql = "INSERT INTO audit (organization_id, at, principal, what) VALUES (@OrganizationId, @now, @who, @what)";

    /// <summary>Adds it, or gives the one of that name another address and other projects; a webhook keeps its signing key then.</summary>
    /// <exception cref="SreException">Forbidden without the admin role; Invalid for an address that may not be reached; NotFound for a project that is not there.</exception>
    public async Task<AddedReceiver> AddAsync(Principal admin, ReceiverDraft draft, CancellationToken cancel)
    {
        admin.Scope.Require(Role.Admin, "add receivers");
        var target = draft.Target.ToString();
        var address = Address(draft);
        await using var session = await postgres.BeginAsync(admin.Scope, cancel);
        await RequireProjectsAsync(session, admin.Scope, draft.Projects, cancel);
        var isNew = await ReceiverRows.FindAsync(session, admin.Scope.OrganizationId, target, cancel) is null;
        var secret = draft.Target.Kind == NotifyTargetKind.Webhook && isNew ? WebhookSignature.NewSecret() : null;
        await session.Connection.ExecuteAsync(session.Command(SaveSql, new
        {
            admin.Scope.OrganizationId,
            target,
            address,
            secret = (secret ?? draft.Key) is { } open ? secrets.Seal(admin.Scope.OrganizationId, open) : null,
            projects = draft.Projects.ToArray(),
            who = admin.Name,
            now = time.GetUtcNow().UtcDateTime,
        }, cancel));
        var told = draft.Projects.Count == 0 ? "all projects" : string.Join(", ", draft.Projects);
        await AuditAsync(session, admin, $"{(isNew ? "added" : "changed")} receiver {target} at {address} for {told}", cancel);
        await session.CommitAsync(cancel);
        return new(target, address, draft.Projects, isNew, secret);
    }

    /// <summary>By name, without secrets.</summary>
    public async Task<IReadOnlyList<Receiver>> ListAsync(AccessScope scope, CancellationToken cancel)
    {
        scope.Require(Role.Sre, "see receivers");
        await using var session = await postgres.BeginAsync(scope, cancel);
        return [.. (await ReceiverRows.ListAsync(session, scope.OrganizationId, cancel)).Select(receiver => receiver with { Secret = null })];
    }

    /// <returns>How many rules still name it.</returns>
    /// <exception cref="SreException">Forbidden without the admin role; NotFound when there is none.</exception>
    public async Task<long> RemoveAsync(Principal admin, NotifyTarget target, CancellationToken cancel)
    {
        admin.Scope.Require(Role.Admin, "remove receivers");
        await using var session = await postgres.BeginAsync(admin.Scope, cancel);
        var name = new { admin.Scope.OrganizationId, target = target.ToString() };
        if (await session.Connection.ExecuteAsync(session.Command(RemoveSql, name, cancel)) == 0)
        {
            throw Unknown(target);
        }

        var rules = await session.Connection.QuerySingleAsync<long>(session.Command(RulesSql, name, cancel));
        await AuditAsync(session, admin, $"removed receiver {target}", cancel);
        await session.CommitAsync(cancel);
        return rules;
    }

    /// <summary>Hands a test message for it to the outbox; PagerDuty also gets its end, so that nothing stays open there.</summary>
    /// <exception cref="SreException">Forbidden without the admin role; NotFound when there is none.</exception>
    public async Task TestAsync(Principal admin, NotifyTarget target, CancellationToken cancel)
    {
        admin.Scope.Require(Role.Admin, "test receivers");
        var now = time.GetUtcNow();
        await using var session = await postgres.BeginAsync(admin.Scope, cancel);
        var receiver = await ReceiverRows.FindAsync(session, admin.Scope.OrganizationId, target.ToString(), cancel) ?? throw Unknown(target);
        var subject = $"test:{target}:{now.ToUnixTimeMilliseconds()}";
        string[] events = target.Kind == NotifyTargetKind.PagerDuty ? ["test", "resolved"] : ["test"];
        for (var i = 0; i < events.Length; i++)
        {
            await Outbox.AddAsync(session, admin.Scope.OrganizationId, subject, i + 1, NotifyPayload.Handler, receiver.Target, Test(events[i], admin, now), now, cancel);
        }

        await AuditAsync(session, admin, $"tested receiver {target}", cancel);
        await session.CommitAsync(cancel);
        signal.Set();
    }

    private static NotifyPayload Test(string happened, Principal admin, DateTimeOffset now)
    {
        var title = $"A test message from SreBot, asked for by {admin.Name}.";
        return new(ChatReply.Of(title), null, []) { Facts = new() { Event = happened, Key = $"TEST-{now.ToUnixTimeMilliseconds()}", Title = title, Severity = "info", At = now, Page = "/" } };
    }

    private string Address(ReceiverDraft draft)
    {
        var isUrl = draft.Target.Kind is NotifyTargetKind.Webhook or NotifyTargetKind.PagerDuty;
        var text = draft.Address ?? (draft.Target.Kind == NotifyTargetKind.PagerDuty ? PagerDutyNotifier.Address : draft.Target.Name);
        if (draft.Target.Kind == NotifyTargetKind.PagerDuty && (draft.Key is not { Length: >= ShortestKey } key || !key.All(char.IsAsciiLetterOrDigit)))
        {
            throw new SreException(SreErrorKind.Invalid, "PagerDuty's routing key has 32 letters and digits; it is the integration key of an 'Events API v2' integration.");
        }

        return !isUrl ? text
            : !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0 ? throw new SreException(SreErrorKind.Invalid, $"'{text}' is not an address of the form https://example.org/path.")
            : door.Refusal(url) is { } refusal ? throw new SreException(SreErrorKind.Invalid, refusal)
            : url.AbsoluteUri;
    }

    private static async Task RequireProjectsAsync(PostgresSession session, AccessScope scope, IReadOnlyList<string> projects, CancellationToken cancel)
    {
        if (await session.Connection.QueryFirstOrDefaultAsync<string>(session.Command(UnknownProjectsSql, new { projects = projects.ToArray() }, cancel)) is { } unknown)
        {
            throw new SreException(SreErrorKind.NotFound, $"There is no project {unknown}; the projects are {string.Join(", ", scope.Projects)}.");
        }
    }

    private Task AuditAsync(PostgresSession session, Principal who, string what, CancellationToken cancel) =>
        session.Connection.ExecuteAsync(session.Command(AuditSql, new { who.Scope.OrganizationId, now = time.GetUtcNow().UtcDateTime, who = who.Name, what }, cancel));

    private static SreException Unknown(NotifyTarget target) => new(SreErrorKind.NotFound, $"There is no receiver {target}; 'receiver list' shows those that there are.");
}
