using SreBot.Alerts.Rules;
using SreBot.Alerts.Silences;
using SreBot.Alerts.States;

namespace SreBot.Alerts.Evaluation;

/// <summary>All enabled rules and where they stand.</summary>
/// <param name="ByDatabase">The rules of each telemetry database.</param>
/// <param name="States">By rule and group.</param>
internal sealed record AlertBook(IReadOnlyDictionary<string, IReadOnlyList<AlertRule>> ByDatabase, IReadOnlyDictionary<(Guid AlertId, string GroupKey), AlertState> States)
{
    /// <summary>By organization; those that may hold now.</summary>
    public required ILookup<long, Silence> Silences { get; init; }
}
