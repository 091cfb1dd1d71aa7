using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using SreBot.Adapters.Chat;
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
        return row.ToRecord([.. steps.Select(step => step.ToStep())]);
    }

    /// <summary>PostgreSQL's text and jsonb hold no NUL.</summary>
    private static string Clean(string text) => Nul().Replace(text, "${kept}");

    [GeneratedRegex(@"\0|(?<!\\)(?<kept>(?:\\\\)*)\\u0000")]
    private static partial Regex Nul();
}
