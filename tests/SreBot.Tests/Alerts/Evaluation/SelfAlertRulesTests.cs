using SreBot.Alerts.Evaluation;

namespace SreBot.Tests.Alerts.Evaluation;

public sealed class SelfAlertRulesTests
{
    private static readonly DateTimeOffset Tick = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(2, 0, "")]
    [InlineData(3, 0, "1 IngestStopped begins")] // organization 2 watches another database, 3 has no rules
    [InlineData(null, 10, "")]
    [InlineData(null, 11, "1 EvaluationBehind begins, 2 EvaluationBehind begins")]
    public void Begins_once(int? silentMinutes, int behindMinutes, string expected) =>
        Assert.Equal(expected, Said([], silentMinutes, behindMinutes));

    [Theory]
    [InlineData(5, 5, "")]
    [InlineData(null, 2, "1 IngestStopped ends")]
    [InlineData(9, 1, "1 EvaluationBehind ends")]
    [InlineData(null, 0, "1 IngestStopped ends, 1 EvaluationBehind ends")]
    public void Goes_on_until_it_is_over(int? silentMinutes, int behindMinutes, string expected) =>
        Assert.Equal(expected, Said([Open(SelfAlertKind.IngestStopped), Open(SelfAlertKind.EvaluationBehind)], silentMinutes, behindMinutes));

    private static SelfAlert Open(SelfAlertKind kind) => new(1, Guid.NewGuid(), kind, Tick.AddMinutes(-9));

    private static string Said(IReadOnlyList<SelfAlert> open, int? silentMinutes, int behindMinutes)
    {
        IReadOnlyList<AlertOrganization> organizations =
            [new() { Id = 1, Database = "a", HasRules = true }, new() { Id = 2, Database = "b", HasRules = true }, new() { Id = 3, Database = "a" }];
        var ingest = new Dictionary<string, DateTimeOffset?> { ["a"] = silentMinutes is { } minutes ? Tick.AddMinutes(-minutes) : null, ["b"] = null };
        var changes = SelfAlertRules.Decide(organizations, open, ingest, TimeSpan.FromMinutes(behindMinutes), Tick);
        return string.Join(", ", changes.Select(change => $"{change.OrganizationId} {change.Kind} {(change.Id is null ? "begins" : "ends")}"));
    }
}
