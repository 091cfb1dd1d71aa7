using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Tests.Fixtures;

/// <summary>Records steps without keeping them beyond the test.</summary>
internal sealed class MemorySteps(ITelemetryStore telemetry, TimeProvider time) : IStepRecorder
{
    private readonly List<RecordedStep> steps = [];

    public Guid InvestigationId { get; } = Guid.NewGuid();

    public IReadOnlyList<RecordedStep> Steps => steps;

    public async Task<RecordedStep> ReadAsync(string question, AccessScope scope, TelemetryQuery query, CancellationToken cancel)
    {
        await using var reader = await telemetry.ReadAsync(scope, query, cancel);
        var rows = new List<IReadOnlyList<object?>>();
        while (await reader.ReadAsync(cancel))
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) switch
            {
                DBNull => null,
                DateTime moment => new DateTimeOffset(DateTime.SpecifyKind(moment, DateTimeKind.Utc)),
                var value => value,
            })]);
        }

        return Add(question, query.Sql, new StepTable([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)], rows));
    }

    public Task<RecordedStep> KeepAsync(string question, AccessScope scope, string source, StepTable table, CancellationToken cancel) => Task.FromResult(Add(question, source, table));

    private RecordedStep Add(string question, string sql, StepTable table)
    {
        var step = new RecordedStep(steps.Count + 1, question, sql, new Dictionary<string, string>(), time.GetUtcNow(), table);
        steps.Add(step);
        return step;
    }
}
