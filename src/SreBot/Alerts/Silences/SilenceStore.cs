using System.Text.Json;
using Dapper;
using SreBot.Alerts.Rules;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Alerts.Silences;

/// <summary>The silences of an organization. A person's reach no further than their scope: to its projects, and to rules that keep its conditions.</summary>
internal sealed class SilenceStore(PostgresDatabase postgres)
{
    private const string ListSql = $"""
        SELECT {SilenceRow.Columns}
        FROM silence
        WHERE (ends_at > @now OR repeats IS NOT NULL)
            AND ((alert_id IS NULL AND projects <@ @projects AND matcher @> @conditions::jsonb) OR alert_id IN (SELECT a.id FROM alert a WHERE {AlertStore.VisibleSql}))
        ORDER BY starts_at, id
        """;

    /// <summary>Those that hold or are to come, the first to begin first.</summary>
    public async Task<IReadOnlyList<Silence>> ListAsync(AccessScope scope, DateTimeOffset now, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(scope, cancel);
        var parameters = AlertStore.Visible(scope, null);
        parameters.Add("now", now.UtcDateTime);
        return [.. (await session.Connection.QueryAsync<SilenceRow>(session.Command(ListSql, parameters, cancel))).Select(row => row.ToSilence())];
    }

    private const string AddSql = """
        INSERT INTO silence (organization_id, alert_id, projects, matcher, severity, starts_at, ends_at, repeats, zone, reason, created_by, created_at)
        VALUES (@organizationId, @alertId, @projects, @matcher::jsonb, @severity, @startsAt, @endsAt, @repeats, @zone, @reason, @by, @now)
        RETURNING id
        """;

    /// <summary>Adds a silence in the caller's transaction, cut to what the scope reaches.</summary>
    /// <exception cref="SreException">Forbidden: the role or a project is out of the scope.</exception>
    public static async Task<Silence> AddAsync(PostgresSession session, AccessScope scope, Silence silence, string by, DateTimeOffset now, CancellationToken cancel)
    {
        scope.Require(Role.Sre, "silence alerts");
        silence = Within(scope, silence) with { OrganizationId = scope.OrganizationId, CreatedBy = by };
        var id = await session.Connection.QuerySingleAsync<long>(session.Command(AddSql, new
        {
            scope.OrganizationId,
            silence.AlertId,
            projects = silence.Projects.ToArray(),
            matcher = JsonSerializer.Serialize(silence.Matcher, SreJson.Options),
            silence.Severity,
            startsAt = silence.StartsAt.UtcDateTime,
            endsAt = silence.EndsAt.UtcDateTime,
            repeats = silence.Repeat == SilenceRepeat.Once ? null : AlertNames.Of(silence.Repeat),
            silence.Zone,
            silence.Reason,
            by,
            now = now.UtcDateTime,
        }, cancel));
        silence = silence with { Id = id };
        await AlertAudit.AddAsync(session, scope, by, $"silence {id}: {SilenceText.What(silence, null)}{(silence.AlertId is { } alert ? $" alert {alert}" : "")}, {SilenceText.When(silence)}{(silence.Reason.Length > 0 ? $", because: {silence.Reason}" : "")}", now, cancel);
        return silence;
    }

    public async Task<Silence> AddAsync(AccessScope scope, Silence silence, string by, DateTimeOffset now, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(scope, cancel);
        var added = await AddAsync(session, scope, silence, by, now, cancel);
        await session.CommitAsync(cancel);
        return added;
    }

    /// <summary>Without projects of its own it reaches all that the writer sees, those to come too where they see these.</summary>
    private static Silence Within(AccessScope scope, Silence silence)
    {
        if (silence.Projects.Except(scope.Projects).FirstOrDefault() is { } outside)
            throw new SreException(SreErrorKind.Forbidden, $"You cannot see {outside} here, so you cannot silence it.");
        if (silence.AlertId is not null)
            return silence;
        if (scope.Projects.Count == 0)
            throw new SreException(SreErrorKind.Forbidden, "No project can be seen here, so there is nothing to silence; link the channel to one first: link Project_1");

        return silence with
        {
            Projects = silence.Projects.Count == 0 && !scope.SeesAllProjects ? scope.Projects : silence.Projects,
            Matcher = [.. silence.Matcher.Union(scope.Conditions)],
        };
    }

    private const string EndingSql = """
        UPDATE silence SET
            starts_at = CASE WHEN starts_at >= @now THEN @now - interval '1 millisecond' ELSE starts_at END,
            ends_at = CASE WHEN ends_at > @now THEN @now ELSE ends_at END,
            repeats = NULL, ended_by = @by
        """;

    private const string EndSql = $"{EndingSql} WHERE id = @id";

    /// <summary>Ends one of those that <see cref="ListAsync"/> tells.</summary>
    /// <exception cref="SreException">Forbidden; NotFound, naming those that there are.</exception>
    public async Task<Silence> EndAsync(AccessScope scope, long id, string by, DateTimeOffset now, CancellationToken cancel)
    {
        scope.Require(Role.Sre, "end silences");
        var all = await ListAsync(scope, now, cancel);
        var silence = all.FirstOrDefault(known => known.Id == id) ?? throw new SreException(SreErrorKind.NotFound, all.Count == 0
            ? $"There is no silence {id}; there are none."
            : $"There is no silence {id} that you can see; there are {string.Join(", ", all.Take(10).Select(known => known.Id))}.");
        if (silence.AlertId is null && silence.Projects.Count == 0 && !scope.SeesAllProjects)
            throw new SreException(SreErrorKind.Forbidden, "That silence reaches projects that you cannot see here; who sees them all can end it.");

        await using var session = await postgres.BeginAsync(scope, cancel);
        await session.Connection.ExecuteAsync(session.Command(EndSql, new { id, by, now = now.UtcDateTime }, cancel));
        await AlertAudit.AddAsync(session, scope, by, $"ended silence {id}", now, cancel);
        await session.CommitAsync(cancel);
        return silence;
    }

    private const string UnmuteSql = $"{EndingSql} WHERE alert_id = @id AND (ends_at > @now OR repeats IS NOT NULL)";

    /// <summary>Ends the mutes of a rule that the scope sees.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="SreException">Forbidden.</exception>
    public async Task<int> UnmuteAsync(AccessScope scope, AlertRule rule, string by, DateTimeOffset now, CancellationToken cancel)
    {
        scope.Require(Role.Sre, "unmute alerts");
        await using var session = await postgres.BeginAsync(scope, cancel);
        var count = await session.Connection.ExecuteAsync(session.Command(UnmuteSql, new { rule.Id, by, now = now.UtcDateTime }, cancel));
        await AlertAudit.AddAsync(session, scope, by, $"unmuted the alert \"{rule.Name}\"", now, cancel);
        await session.CommitAsync(cancel);
        return count;
    }
}
