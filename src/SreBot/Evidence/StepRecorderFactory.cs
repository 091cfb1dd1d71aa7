using Dapper;
using SreBot.Model;
using SreBot.Postgres;
using SreBot.Telemetry;

namespace SreBot.Evidence;

/// <summary>Starts the record of a question.</summary>
internal sealed class StepRecorderFactory(ITelemetryStore telemetry, PostgresDatabase postgres, StepStore store, TimeProvider time, ILogger<StepRecorder> log)
{
    private const string StartSql = """
        INSERT INTO investigation (organization_id, id, question, asked_by, principal_id, projects, conditions, incident_id, thread, created_at)
        VALUES (@organization, @id, @question, @askedBy, @principal, @projects, @conditions::jsonb, @incidentId, @thread, @now)
        """;

    /// <param name="incidentId">The incident that is asked about, when that is known at the start.</param>
    public Task<StepRecorder> StartAsync(string question, Caller caller, long? incidentId, CancellationToken cancel) => StartAsync(question, caller, incidentId, null, cancel);

    /// <param name="thread">The conversation it is asked in, as <see cref="SreBot.Adapters.Chat.ChatAddress.ToConversation"/> names it; null: none, or none that may know of it.</param>
    public async Task<StepRecorder> StartAsync(string question, Caller caller, long? incidentId, string? thread, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        await using var session = await postgres.BeginAsync(caller.Scope, cancel);
        await session.Connection.ExecuteAsync(session.Command(StartSql, new
        {
            organization = caller.Scope.OrganizationId,
            id,
            question,
            askedBy = caller.Principal.Name,
            principal = caller.Principal.Id == Guid.Empty ? (Guid?)null : caller.Principal.Id,
            projects = caller.Scope.Projects.ToArray(),
            conditions = System.Text.Json.JsonSerializer.Serialize(caller.Scope.Conditions, SreJson.Options),
            incidentId,
            thread,
            now = time.GetUtcNow().UtcDateTime,
        }, cancel));
        await session.CommitAsync(cancel);
        return new StepRecorder(id, caller.Scope.OrganizationId, telemetry, store, time, log);
    }
}
