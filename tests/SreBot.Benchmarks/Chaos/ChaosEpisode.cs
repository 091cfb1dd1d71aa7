using SreBot.Alerts.Rules;

namespace SreBot.Benchmarks.Chaos;

/// <summary>An episode as it must be.</summary>
/// <param name="StartedAt">The start of the first breaching window.</param>
/// <param name="EndedAt">Null: it is open at the end.</param>
internal sealed record ChaosEpisode(AlertRule Rule, string Group, DateTimeOffset StartedAt, DateTimeOffset TriggeredAt, DateTimeOffset? EndedAt, double? Worst)
{
    public string Line => $"{Rule.Name} [{Group}] from {ChaosText.Time(StartedAt)} triggered {ChaosText.Time(TriggeredAt)} ended {ChaosText.Time(EndedAt)} worst {ChaosText.Number(Worst)}";
}
