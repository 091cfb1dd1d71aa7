using SreBot.Alerts.Silences;

namespace SreBot.Alerts.Evaluation;

/// <summary>What is read each tick: little, and never the rules themselves.</summary>
/// <param name="Version">Counts every change of a rule.</param>
/// <param name="DeletedVersion">The last at which a row went away.</param>
/// <param name="Oldest">The last tick of the shard that lags most; null before the first.</param>
internal sealed record AlertHead(long Version, long DeletedVersion, DateTimeOffset? Oldest, IReadOnlyList<AlertOrganization> Organizations, IReadOnlyList<Silence> Silences,
    IReadOnlyList<SelfAlert> SelfAlerts)
{
    /// <summary>Those that rules watch.</summary>
    public IEnumerable<string> Databases => Organizations.Where(organization => organization.HasRules).Select(organization => organization.Database).Distinct();
}
