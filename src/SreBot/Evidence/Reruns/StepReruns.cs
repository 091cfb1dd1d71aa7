using Microsoft.Extensions.Options;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Telemetry.Wire;

namespace SreBot.Evidence.Reruns;

/// <summary>Runs recorded steps again: the recorded SQL with the recorded parameters and no other, for a caller who may see all that it reads.</summary>
internal sealed class StepReruns(RecordedReads reads, IOptions<TelemetryOptions> options, TimeProvider time)
{
    private const string NotRun = "It was not read from the telemetry, so it stands as it was recorded.";

    private static readonly TimeSpan StillComing = TimeSpan.FromSeconds(20); // as the investigator reckons

    /// <param name="isNow">Its times are moved, by whole minutes, so that it looks back from now; else it runs as it was recorded.</param>
    /// <exception cref="SreException">Forbidden, when the step reads more than the scope may see; Unavailable.</exception>
    public async Task<StepRun> RunAsync(AccessScope scope, RecordedStep step, bool isNow, CancellationToken cancel)
    {
        var recorded = new ScopedQuery(step.Sql, step.Parameters);
        if (step.Parameters.Count == 0)
            return new StepRun(step, step.Parameters, step.AsOf, StepVerdict.Recorded, NotRun, step.Table);

        var now = time.GetUtcNow();
        var shift = isNow ? TimeSpan.FromMinutes(Math.Floor((now - step.AsOf).TotalMinutes)) : TimeSpan.Zero;
        var asOf = isNow ? now : step.AsOf;
        var query = RecordedTimes.Move(recorded, shift, asOf);
        try
        {
            await using var reader = await reads.ReadAsync(scope, query, cancel);
            var compared = StepComparison.Of(step.Table, await StepTables.ReadAsync(reader, cancel), shift);
            return new StepRun(step, query.Parameters, asOf, Verdict(step.Table, compared, query, now), compared.Differs is { } differs ? differs + Late(recorded, step) : null, compared.Table);
        }
        catch (SreException error) when (error.Kind is not (SreErrorKind.Unavailable or SreErrorKind.Forbidden))
        {
            return new StepRun(step, query.Parameters, asOf, StepVerdict.Failed, error.Message, new StepTable([], []));
        }
        catch (ClickHouseException)
        {
            return new StepRun(step, query.Parameters, asOf, StepVerdict.Failed, "The telemetry store does not take this query.", new StepTable([], [])); // of an older schema, or a dead end when it was recorded
        }
    }

    /// <summary>Why rows may have come after the read.</summary>
    private static string? Late(ScopedQuery recorded, RecordedStep step) =>
        RecordedTimes.Latest(recorded) > step.AsOf - StillComing ? " Its time had not ended when it was read." : null;

    private StepVerdict Verdict(StepTable recorded, StepComparison compared, ScopedQuery query, DateTimeOffset now) =>
        compared.Differs is null ? StepVerdict.Same
        : (recorded.Rows.Count > 0 && compared.Table.Rows.Count == 0) || RecordedTimes.Earliest(query) < now.AddDays(-options.Value.RetentionDays) ? StepVerdict.Expired
        : StepVerdict.Drifted;
}
