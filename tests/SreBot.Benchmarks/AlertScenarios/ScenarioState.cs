using System.Text.Json.Nodes;
using SreBot.Alerts.States;

namespace SreBot.Benchmarks.AlertScenarios;

/// <summary>The states' names in scenario files, and states that a scenario begins with.</summary>
internal static class ScenarioState
{
    private static readonly (AlertPhase Phase, string Name)[] Names =
    [
        (AlertPhase.Resolved, "inactive"), (AlertPhase.Pending, "pending"), (AlertPhase.Triggered, "firing"), (AlertPhase.Cooldown, "recovering"),
        (AlertPhase.NoData, "no_data"), (AlertPhase.Error, "error"),
    ];

    public static string Name(AlertPhase phase) => Names.First(known => known.Phase == phase).Name;

    /// <param name="initial">A state's name, or an object with <c>state</c> and, where it matters, <c>since_s</c>, <c>notified_s</c> and <c>notified</c>.</param>
    /// <param name="before">The tick before the first: since when it is, unless it says so.</param>
    /// <exception cref="FormatException">There is no such state.</exception>
    public static AlertState Of(JsonNode? initial, DateTimeOffset before)
    {
        var words = initial as JsonObject;
        var name = (words is null ? initial : words["state"])?.GetValue<string>() ?? "inactive";
        var phase = Names.FirstOrDefault(known => known.Name == name, (Phase: default, Name: "")) is { Name: not "" } known
            ? known.Phase
            : throw new FormatException($"There is no state '{name}'.");
        var since = At(words, "since_s") ?? before;
        var isOpen = phase is AlertPhase.Triggered or AlertPhase.Cooldown;
        var isTold = words?["notified"]?.GetValue<bool>() ?? (phase is not (AlertPhase.Resolved or AlertPhase.Pending));
        return AlertState.New(before) with
        {
            Phase = phase,
            Since = since,
            EpisodeSince = isOpen ? since : null,
            IsAnnounced = isOpen && isTold,
            NotifiedAt = isTold ? At(words, "notified_s") ?? since : null,
        };
    }

    private static DateTimeOffset? At(JsonObject? words, string name) => words?[name]?.GetValue<double>() is { } seconds ? ScenarioRun.At(seconds) : null;
}
