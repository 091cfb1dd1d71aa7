namespace SreBot.Model;

/// <summary>Runs reads for one question and keeps each as a step: the only source of numbers that reach a person.</summary>
internal interface IStepRecorder
{
    /// <summary>Names the question's page, <c>/investigations/{id}</c>.</summary>
    Guid InvestigationId { get; }

    /// <summary>The steps so far, in order.</summary>
    IReadOnlyList<RecordedStep> Steps { get; }

    /// <summary>Reads telemetry. A result past 10,000 rows is cut and says so.</summary>
    /// <param name="question">What this read answers, for a person: "p95 latency of Server_9 by minute".</param>
    Task<RecordedStep> ReadAsync(string question, AccessScope scope, TelemetryQuery query, CancellationToken cancel);

    /// <summary>Keeps facts that came from PostgreSQL, such as an incident's row.</summary>
    /// <param name="source">Where from, for a person: "incident INC-42".</param>
    Task<RecordedStep> KeepAsync(string question, AccessScope scope, string source, StepTable table, CancellationToken cancel);
}
