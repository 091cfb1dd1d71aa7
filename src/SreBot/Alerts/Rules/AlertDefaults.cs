using SreBot.Model;

namespace SreBot.Alerts.Rules;

/// <summary>What a rule takes from the place where it is written.</summary>
/// <param name="Projects">Those that may be seen there: all of them, when the rule names none.</param>
/// <param name="Conditions">Of the writer's scope: every rule of theirs carries them.</param>
/// <param name="Here">The channel; null outside chat.</param>
internal sealed record AlertDefaults(IReadOnlyList<string> Projects, IReadOnlyList<DimensionCondition> Conditions, string? Here);
