using SreBot.Model;

namespace SreBot.Alerts.Backtests;

/// <summary>A back-test's facts as they are recorded. Pure.</summary>
internal static class BacktestTables
{
    public static StepTable Points(IReadOnlyList<BacktestPoint> points) => new(["tick", "group", "value", "requests"],
        [.. points.Select(point => (IReadOnlyList<object?>)[point.Tick, point.GroupKey, point.Value, point.Count])]);

    public static StepTable Episodes(BacktestResult result) => new(["group", "from", "to", "triggered_value", "worst_value", "triggered_minutes", "beside_incident"],
        [.. result.Episodes.Select(episode => (IReadOnlyList<object?>)[
            episode.GroupKey, episode.From, episode.To, episode.Value, episode.Worst, (long)episode.Triggered.TotalMinutes,
            result.Known.FirstOrDefault(incident => incident.IsCaughtBy(episode.GroupKey, episode.From)) is { } incident ? $"INC-{incident.Facts.Id}" : null])]);

    /// <param name="caught">Null: of no one threshold.</param>
    public static StepTable Incidents(IReadOnlyList<BacktestIncident> incidents, IReadOnlyList<BacktestIncident>? caught) => new(["incident", "title", "from", "to", "caught"],
        [.. incidents.Select(incident => (IReadOnlyList<object?>)[$"INC-{incident.Facts.Id}", incident.Facts.Title, incident.From, incident.To, caught?.Contains(incident)])]);

    /// <summary>All that the sentence says.</summary>
    public static StepTable Figures(BacktestResult result) => new(
        ["episodes", "triggered_minutes", "retriggered_within_30_minutes", "quiet_time_broken", "incidents", "caught", "episodes_beside_no_incident", "of_them_a_day", "ticks", "ticks_without_data"],
        [[
            (long)result.Episodes.Count, (long)result.Triggered.TotalMinutes, (long)result.Retriggered, (long)result.Returned, (long)result.Known.Count, (long)result.Caught.Count,
            (long)result.Alone.Count, result.AloneADay, (long)result.Data.Ticks.Count, (long)result.Data.TicksWithoutData(),
        ]]);

    public static StepTable Trials(IReadOnlyList<ThresholdTrial> trials) => new(["threshold", "incidents_caught", "false_episodes", "episodes"],
        [.. trials.Select(trial => (IReadOnlyList<object?>)[trial.Threshold, (long)trial.Caught, (long)trial.False, (long)trial.Episodes])]);
}
