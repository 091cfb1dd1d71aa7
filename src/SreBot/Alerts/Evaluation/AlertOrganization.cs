namespace SreBot.Alerts.Evaluation;

/// <summary>An organization as the evaluator sees it.</summary>
internal sealed record AlertOrganization
{
    public long Id { get; init; }

    /// <summary>Of its telemetry.</summary>
    public string Database { get; init; } = "";

    /// <summary>Any that is enabled.</summary>
    public bool HasRules { get; init; }
}
