using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Changes;

/// <summary>Changes in telemetry: one row for each project that an event touches, so that a person sees those of her projects alone.</summary>
internal sealed class ChangeStore(ITelemetryStore telemetry, IOptions<TelemetryOptions> options, TimeProvider time)
{
    /// <summary>A report without an id or a time that comes again so soon is the same one, sent again.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5); // clocks differ

    private const string KnownSql = """
        SELECT change_id, timestamp, kind, service, version, title, who, link, project_id
        FROM {database:Identifier}.change_event
        WHERE /*scope*/ AND (change_id = {id:String} OR (kind = {kind:String} AND service = {service:String} AND timestamp >= {since:DateTime64(3)}))
        ORDER BY timestamp DESC, change_id, project_id
        LIMIT 10000
        """;

    /// <summary>Keeps it; one that is known is answered as it is kept, and completed by the projects that it lacks.</summary>
    /// <param name="reporter">Who did it, when the draft does not say.</param>
    /// <exception cref="SreException">Forbidden, Invalid, NotFound for a project, or Conflict for an id that is another event's.</exception>
    public async Task<RecordedChange> RecordAsync(AccessScope scope, string reporter, ChangeDraft draft, CancellationToken cancel)
    {
        scope.Require(Role.Sre, "record a change");
        if (scope.Conditions.Count > 0)
            throw new SreException(SreErrorKind.Forbidden, "You see only a part of the requests, and a change touches more; ask somebody without that limit to record it.");

        var now = time.GetUtcNow();
        var wanted = Make(draft.Checked(), reporter, Time(draft.At, now), Projects(scope, draft.Projects));
        if (await FindKnownAsync(scope, wanted, draft, now, cancel) is not { } known)
        {
            await InsertAsync(scope, wanted, wanted.Projects, cancel);
            return wanted;
        }

        var missing = wanted.Projects.Except(known.Projects).ToList();
        if (missing.Count == 0)
            return known;

        await InsertAsync(scope, known, missing, cancel);
        return known with { Projects = [.. known.Projects.Concat(missing).Order()] };
    }

    private async Task<RecordedChange?> FindKnownAsync(AccessScope scope, RecordedChange wanted, ChangeDraft draft, DateTimeOffset now, CancellationToken cancel)
    {
        var rows = new List<RecordedChange>();
        var parameters = new Dictionary<string, object?> { ["id"] = wanted.Id, ["kind"] = wanted.Kind, ["service"] = wanted.Service, ["since"] = now - Again };
        await using var reader = await telemetry.ReadAsync(scope, new TelemetryQuery(KnownSql, parameters), cancel);
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(new RecordedChange(reader.GetString(0), new DateTimeOffset(DateTime.SpecifyKind(reader.GetDateTime(1), DateTimeKind.Utc)), reader.GetString(2), reader.GetString(3),
                reader.GetString(4), reader.GetString(5), reader.GetString(6), reader.GetString(7), [reader.GetString(8)], IsNew: false));
        }

        var same = rows.Find(row => row.Id == wanted.Id);
        if (same is not null && !same.IsAlso(draft.Checked()))
            throw new SreException(SreErrorKind.Conflict, $"The id '{wanted.Id}' is already that of '{same.Title}'; report another change with another id.");

        // The newest of the service alone: v42, v41 and v42 again are three deploys.
        if (same is null && draft is { Id: null, At: null } && rows.FirstOrDefault() is { } newest && newest with { Id = wanted.Id, At = wanted.At, Projects = wanted.Projects, IsNew = true } == wanted)
            same = newest;

        return same is null ? null : same with { Projects = [.. rows.Where(row => row.Id == same.Id).SelectMany(row => row.Projects).Distinct()] };
    }

    private Task InsertAsync(AccessScope scope, RecordedChange change, IReadOnlyList<string> projects, CancellationToken cancel) => telemetry.InsertAsync(
        scope.TelemetryDatabase, TelemetryTable.ChangeEvent,
        [.. projects.Select(project => new object?[] { change.Id, change.At, project, change.Kind, change.Service, change.Version, change.Title, change.Who, change.Link })],
        $"change:{Hash([change.Id, .. projects])}", cancel);

    private static RecordedChange Make(ChangeDraft draft, string reporter, DateTimeOffset at, IReadOnlyList<string> projects)
    {
        var (who, link) = (draft.Who ?? reporter, draft.Link ?? "");
        var title = draft.Title ?? new ChangeFacts(at, draft.Kind, draft.Service, draft.Version, "", who, link).Name;
        var id = draft.Id ?? Hash([draft.Kind, draft.Service, draft.Version, title, who, link, at.ToString("yyyyMMddHHmm")]);
        return new RecordedChange(id, at, draft.Kind, draft.Service, draft.Version, title, who, link, projects, IsNew: true);
    }

    private DateTimeOffset Time(DateTimeOffset? named, DateTimeOffset now)
    {
        var at = (named ?? now).ToUniversalTime();
        if (at > now + Ahead)
            throw new SreException(SreErrorKind.Invalid, "That time has not come yet; report a change when it is done.");

        return at >= now.AddDays(-options.Value.RetentionDays)
            ? at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond))
            : throw new SreException(SreErrorKind.Invalid, $"That is longer ago than the {options.Value.RetentionDays} days that are kept; leave it out.");
    }

    private static IReadOnlyList<string> Projects(AccessScope scope, IReadOnlyList<string>? named)
    {
        if (scope.Projects.Count == 0)
            throw new SreException(SreErrorKind.NotFound, "There is no project to record it for yet; projects appear with their first requests.");

        return named is null or [] ? [.. scope.Projects.Order()] : [.. named.Select(name => scope.Projects.FirstOrDefault(known => string.Equals(known, name.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw new SreException(SreErrorKind.NotFound, $"There is no project '{(name.Length <= 60 ? name : name[..60] + "…")}'; the projects are {string.Join(", ", scope.Projects)}.")).Distinct().Order()];
    }

    private static string Hash(IEnumerable<string> parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', parts))).AsSpan(0, 16));
}
