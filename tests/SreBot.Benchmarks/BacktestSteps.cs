using SreBot.Evidence;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Benchmarks;

/// <summary>Steps that nobody keeps.</summary>
internal sealed class BacktestSteps(ITelemetryStore telemetry) : IStepRecorder
{
    private readonly List<RecordedStep> steps = [];

    public Guid InvestigationId { get; } = Guid.NewGuid();

    public IReadOnlyList<RecordedStep> Steps => steps;

    public async Task<RecordedStep> ReadAsync(string question, AccessScope scope, TelemetryQuery query, CancellationToken cancel)
    {
        await using var reader = await telemetry.ReadAsync(scope, query, cancel);
        return Add(question, query.Sql, await StepTables.ReadAsync(reader, cancel));
    }

    public Task<RecordedStep> KeepAsync(string question, AccessScope scope, string source, StepTable table, CancellationToken cancel) => Task.FromResult(Add(question, source, table));

    private RecordedStep Add(string question, string sql, StepTable table)
    {
        var step = new RecordedStep(steps.Count + 1, question, sql, new Dictionary<string, string>(), TimeProvider.System.GetUtcNow(), table);
        steps.Add(step);
        return step;
    }
}
