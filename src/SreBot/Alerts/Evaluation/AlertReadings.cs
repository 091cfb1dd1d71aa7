namespace SreBot.Alerts.Evaluation;

/// <summary>The readings of many rules at one tick.</summary>
internal sealed class AlertReadings
{
    private readonly Dictionary<Guid, List<AlertReading>> readings = [];
    private readonly Dictionary<Guid, string> failures = [];

    public void Add(Guid alertId, AlertReading reading)
    {
        if (!readings.TryGetValue(alertId, out var list))
        {
            readings[alertId] = list = [];
        }

        list.Add(reading);
    }

    /// <summary>The rule's own query failed.</summary>
    public void Fail(Guid alertId, string why) => failures[alertId] = why;

    /// <summary>Null when the rule was read.</summary>
    public string? FailureOf(Guid alertId) => failures.GetValueOrDefault(alertId);

    /// <summary>Empty when there are no requests.</summary>
    public IReadOnlyList<AlertReading> Of(Guid alertId) => readings.GetValueOrDefault(alertId) ?? [];

    public IEnumerable<KeyValuePair<Guid, string>> Failures => failures;
}
