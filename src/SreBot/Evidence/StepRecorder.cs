using SreBot.Adapters.Chat;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Evidence;

/// <summary>The record of one question. Its steps are kept in memory until <see cref="SaveAsync"/>, which comes before the answer goes out: what a
/// person was told can be looked up.</summary>
internal sealed partial class StepRecorder(Guid id, long organizationId, ITelemetryStore telemetry, StepStore store, TimeProvider time, ILogger<StepRecorder> log) : IStepRecorder
{
    private readonly List<RecordedStep> steps = [];
    private readonly Lock gate = new();
    private int last;
    private int saved;

    public Guid InvestigationId => id;

    public IReadOnlyList<RecordedStep> Steps
    {
        get
        {
            lock (gate)
            {
                return [.. steps.OrderBy(step => step.Number)];
            }
        }
    }

    public async Task<RecordedStep> ReadAsync(string question, AccessScope scope, TelemetryQuery query, CancellationToken cancel)
    {
        if (scope.OrganizationId != organizationId)
            throw new InvalidOperationException("A question's steps stay in its organization.");

        var scoped = telemetry.Prepare(scope, query);
        var number = Interlocked.Increment(ref last);
        var asOf = time.GetUtcNow();
        try
        {
            await using var reader = await telemetry.ReadAsync(scope, query, cancel);
            return Add(new RecordedStep(number, question, scoped.Sql, scoped.Parameters, asOf, await StepTables.ReadAsync(reader, cancel)));
        }
        catch (Exception error)
        {
            var why = error is SreException known ? known.Message : error is OperationCanceledException ? "it was cut off." : "internal error.";
            Add(new RecordedStep(number, question, scoped.Sql, scoped.Parameters, asOf, new StepTable([], [])) { Conclusion = $"Failed: {why}" });
            throw;
        }
    }

    public Task<RecordedStep> KeepAsync(string question, AccessScope scope, string source, StepTable table, CancellationToken cancel) =>
        Task.FromResult(Add(new RecordedStep(Interlocked.Increment(ref last), question, source, new Dictionary<string, string>(), time.GetUtcNow(), table)));

    /// <summary>Writes the steps that are not written yet, and the answer when there is one, in one transaction.</summary>
    public async Task SaveAsync(ChatReply? answer, CancellationToken cancel)
    {
        var all = Steps;
        await store.SaveAsync(organizationId, id, [.. all.Where(step => step.Number > saved)], answer, cancel);
        saved = all.Count == 0 ? 0 : all[^1].Number;
    }

    /// <summary>After a failure: keeps what was read for whoever looks into it, and never hides that failure behind one of its own.</summary>
    public async Task SaveAfterFailureAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5), time);
            await SaveAsync(null, limit.Token);
        }
        catch (Exception error)
        {
            LogNotSaved(error, id);
        }
    }

    private RecordedStep Add(RecordedStep step)
    {
        lock (gate)
        {
            steps.Add(step);
        }

        return step;
    }

    [LoggerMessage(LogLevel.Warning, "The steps of investigation {Id} could not be kept after it failed")]
    private partial void LogNotSaved(Exception error, Guid id);
}
