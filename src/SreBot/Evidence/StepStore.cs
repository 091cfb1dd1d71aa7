using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using SreBot.Adapters.Chat;
using SreBot.Evidence.Notes;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Evidence;

/// <summary>Questions with their steps and answers, in PostgreSQL.</summary>
internal sealed partial class StepStore(PostgresDatabase postgres)
{
    private const string AddStepSql = """
        INSERT INTO step (organization_id, investigation_id, number, question, sql, parameters, as_of, result, conclusion)
        VALUES (@organizationId, @id, @number, @question, @sql, @parameters::jsonb, @asOf, @result::jsonb, @conclusion)
        ON CONFLICT (organization_id, investigation_id, number) DO NOTHING
        """;

    private const string AnswerSql = "UPDATE investigation SET answer = @answer::jsonb WHERE organization_id = @organizationId AND id = @id";

    private const string FindSql = """
        SELECT id, question, asked_by AS AskedBy, projects, conditions, incident_id AS IncidentId, answer, created_at AS CreatedAt
        FROM investigation
        WHERE organization_id = @OrganizationId AND id = @id
        """;

    private const string StepsSql = """
        SELECT number, question, sql, parameters, as_of AS AsOf, result, conclusion
        FROM step
        WHERE organization_id = @OrganizationId AND investigation_id = @id
        ORDER BY number
        """;

    /// <summary>All or nothing; a step that is there already stays as it is.</summary>
    public async Task SaveAsync(long organizationId, Guid id, IReadOnlyList<RecordedStep> steps, ChatReply? answer, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(organizationId, cancel);
        await SaveAsync(session, organizationId, id, steps, answer, cancel);
        await session.CommitAsync(cancel);
    }

    /// <summary>The same in the caller's transaction.</summary>
    public static async Task SaveAsync(PostgresSession session, long organizationId, Guid id, IReadOnlyList<RecordedStep> steps, ChatReply? answer, CancellationToken cancel)
    {
        if (steps.Count > 0)
        {
            await session.Connection.ExecuteAsync(session.Command(AddStepSql, steps.Select(step => new
            {
                organizationId,
                id,
                number = step.Number,
                question = Clean(step.Question),
                sql = step.Sql,
                parameters = Clean(JsonSerializer.Serialize(step.Parameters, SreJson.Options)),
                asOf = step.AsOf.UtcDateTime,
                result = Clean(StepTables.ToJson(step.Table)),
                conclusion = step.Conclusion,
            }).ToList(), cancel));
        }

        if (answer is not null)
            await session.Connection.ExecuteAsync(session.Command(AnswerSql, new { organizationId, id, answer = Clean(JsonSerializer.Serialize(answer, SreJson.Options)) }, cancel));
    }

    /// <summary>Null when there is none with that id that the scope may see: it must hold all of the question's projects, and any conditions of its own
    /// must have held for the question too.</summary>
    public async Task<InvestigationRecord?> FindAsync(AccessScope scope, Guid id, CancellationToken cancel)
    {
        await using var session = await postgres.BeginAsync(scope, cancel);
        var row = await session.Connection.QuerySingleOrDefaultAsync<InvestigationRow>(session.Command(FindSql, new { scope.OrganizationId, id }, cancel));
        if (row is null || !row.IsWithin(scope))
            return null;

        var steps = await session.Connection.QueryAsync<StepRow>(session.Command(StepsSql, new { scope.OrganizationId, id }, cancel));
        var notes = await session.Connection.QueryAsync<NoteRow>(session.Command(NotesSql, new { scope.OrganizationId, id }, cancel));
        return row.ToRecord([.. steps.Select(step => step.ToStep())]) with { Notes = [.. notes.Select(note => note.ToNote())] };
    }

    private const string NotesSql = """
        SELECT author, text, at
        FROM investigation_note
        WHERE organization_id = @OrganizationId AND investigation_id = @id
        ORDER BY id
        """;

    private const string OfThreadSql = """
        SELECT id
        FROM investigation i
        WHERE organization_id = @OrganizationId AND thread = @thread AND answer IS NOT NULL
            AND EXISTS (SELECT FROM step s WHERE s.organization_id = i.organization_id AND s.investigation_id = i.id)
        ORDER BY created_at DESC
        LIMIT 20
        """;

    /// <summary>The latest question of a conversation that was answered from steps and that the scope may see, or null.</summary>
    public async Task<InvestigationRecord?> FindLatestAsync(AccessScope scope, string thread, CancellationToken cancel) => await FirstAsync(scope, OfThreadSql, new { scope.OrganizationId, thread }, cancel);

    private const string OfIncidentSql = """
        SELECT id
        FROM investigation i
        WHERE organization_id = @OrganizationId AND incident_id = @incident AND answer IS NOT NULL
            AND EXISTS (SELECT FROM step s WHERE s.organization_id = i.organization_id AND s.investigation_id = i.id)
        ORDER BY created_at DESC
        LIMIT 20
        """;

    /// <summary>The latest investigation of an incident that the scope may see, or null.</summary>
    public async Task<InvestigationRecord?> FindLatestAsync(AccessScope scope, long incident, CancellationToken cancel) => await FirstAsync(scope, OfIncidentSql, new { scope.OrganizationId, incident }, cancel);

    private async Task<InvestigationRecord?> FirstAsync(AccessScope scope, string sql, object parameters, CancellationToken cancel)
    {
        IEnumerable<Guid> ids;
        await using (var session = await postgres.BeginAsync(scope, cancel))
        {
            ids = await session.Connection.QueryAsync<Guid>(session.Command(sql, parameters, cancel));
        }

        foreach (var id in ids)
        {
            if (await FindAsync(scope, id, cancel) is { } record)
                return record;
        }

        return null;
    }

    /// <summary>PostgreSQL's text and jsonb hold no NUL.</summary>
    private static string Clean(string text) => Nul().Replace(text, "${kept}");

    [GeneratedRegex(@"\0|(?<!\\)(?<kept>(?:\\\\)*)\\u0000")]
    private static partial Regex Nul();
}
