using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Alerts.Rules;

/// <summary>What a command takes from the place where it is written.</summary>
/// <param name="Projects">Those that may be seen there: all of them, when the rule names none.</param>
/// <param name="Conditions">Of the writer's scope: every rule of theirs carries them.</param>
/// <param name="Here">The channel; null outside chat.</param>
internal sealed record AlertDefaults(IReadOnlyList<string> Projects, IReadOnlyList<DimensionCondition> Conditions, string? Here)
{
    /// <summary>What rules may watch.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = MetricCatalogue.ForRules;

    /// <summary>The rules that may be seen there; null: not known, and any name is taken.</summary>
    public IReadOnlyList<AlertRule>? Rules { get; init; }

    /// <summary>Channels by the name they were written with, such as <c>#incidents</c>, where the platform said their targets.</summary>
    public IReadOnlyDictionary<string, string> Channels { get; init; } = new Dictionary<string, string>();

    /// <summary>The organization's name on the web console; null: it has no channels there.</summary>
    public string? Console { get; init; }

    public DateTimeOffset Now { get; init; }
}
