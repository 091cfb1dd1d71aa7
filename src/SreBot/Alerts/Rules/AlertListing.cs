using SreBot.Alerts.States;

namespace SreBot.Alerts.Rules;

/// <summary>What <c>list</c> can be cut to.</summary>
internal static class AlertListing
{
    public static IReadOnlyList<string> States { get; } = [.. Enum.GetValues<AlertPhase>().Select(phase => AlertNames.Of(phase)), "muted", "disabled", "faulty"];

    public static IReadOnlyList<AlertStanding> Cut(IReadOnlyList<AlertStanding> all, AlertCommand.List wanted) =>
        [.. all.Where(standing => (wanted.Projects.Count == 0 || standing.Rule.Projects.Intersect(wanted.Projects).Any()) && (wanted.State is null || Is(standing, wanted.State)))];

    private static bool Is(AlertStanding standing, string state) => state switch
    {
        "muted" => standing.SilencedUntil is not null,
        "disabled" => !standing.Rule.IsEnabled,
        "faulty" => standing.Fault is not null,
        _ => AlertNames.Of(standing.Phase) == state,
    };
}
