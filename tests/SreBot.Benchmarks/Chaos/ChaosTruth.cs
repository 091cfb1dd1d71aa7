using SreBot.Alerts.Rules;
using SreBot.Alerts.States;

namespace SreBot.Benchmarks.Chaos;

/// <summary>What must have happened: every rule and group stepped through the known telemetry by the state machine alone.</summary>
internal sealed class ChaosTruth
{
    private readonly Dictionary<(AlertRule Rule, string Group), AlertState> states = [];
    private readonly Dictionary<(AlertRule Rule, string Group), ChaosEpisode> open = [];
    private readonly List<ChaosEpisode> ended = [];
    private readonly List<string> transitions = [];

    private ChaosTruth()
    {
    }

    /// <summary>Each change of phase in words.</summary>
    public IReadOnlyList<string> Transitions => transitions;

    public IReadOnlyList<ChaosEpisode> Episodes => [.. ended, .. open.Values];

    /// <summary>Where those stand that are not resolved, in words.</summary>
    public IReadOnlyList<string> States =>
        [.. states.Where(pair => pair.Value.Phase != AlertPhase.Resolved).Select(pair => $"{pair.Key.Rule.Name} [{pair.Key.Group}] {AlertNames.Of(pair.Value.Phase)} since {ChaosText.Time(pair.Value.Since)}" +
            $"{(pair.Value.IsHeld ? " held" : "")} episode {ChaosText.Time(pair.Value.EpisodeSince)}{(pair.Value.IsAnnounced ? " announced" : "")}")];

    public static ChaosTruth Of(ChaosPlan plan)
    {
        var truth = new ChaosTruth();
        var minutes = Enumerable.Range(0, plan.Minutes).Select(minute => plan.Minute(minute).ToList()).ToList();
        for (var end = ChaosPlan.Calm; end <= plan.Minutes; end++)
        {
            foreach (var rule in ChaosRules.All)
            {
                var window = (int)rule.Window.TotalMinutes;
                var requests = minutes[(end - window)..end].SelectMany(minute => minute).Where(request => rule.Projects.Contains(request.Project)).ToList();
                truth.Step(rule, requests, plan.Start.AddMinutes(end));
            }
        }

        return truth;
    }

    private void Step(AlertRule rule, List<ChaosRequest> requests, DateTimeOffset tick)
    {
        if (rule.GroupBy.Count == 0)
        {
            Step(rule, "", requests, tick);
            return;
        }

        foreach (var group in requests.GroupBy(request => request.Server))
        {
            Step(rule, AlertGroup.Key(rule.GroupBy, [group.Key]), [.. group], tick);
        }
    }

    private void Step(AlertRule rule, string group, List<ChaosRequest> requests, DateTimeOffset tick)
    {
        var (value, count) = ChaosReading.Of(rule, requests);
        var verdict = AlertVerdict.Of(rule, value, count);
        var before = states.GetValueOrDefault((rule, group)) ?? AlertState.New(tick.AddMinutes(-1));
        var step = AlertStep.Take(rule, before, verdict, value, tick, isSilenced: false);
        states[(rule, group)] = step.State;
        if (step.Transition is { } change)
        {
            transitions.Add($"{ChaosText.Time(tick)} {rule.Name} [{group}] {AlertNames.Of(change.From)} > {AlertNames.Of(change.To)}: {AlertNames.Of(verdict)} {ChaosText.Number(value)} of {count}, " +
                $"limit {ChaosText.Number(rule.Threshold)} over {rule.Window.TotalMinutes} min{(step.Notice == AlertNotice.None ? "" : ", notified")}");
        }

        Follow(rule, group, before, step.State, verdict, tick);
    }

    private void Follow(AlertRule rule, string group, AlertState before, AlertState after, Verdict verdict, DateTimeOffset tick)
    {
        var key = (rule, group);
        if (before.EpisodeSince is null && after.EpisodeSince is not null)
        {
            var first = before.Phase == AlertPhase.Pending ? before.Since : tick;
            open[key] = new ChaosEpisode(rule, group, first - rule.Window, tick, null, after.Value);
            return;
        }

        if (verdict == Verdict.Breach && open.TryGetValue(key, out var episode))
            open[key] = episode with { Worst = rule.Comparator.IsBelow() ? Math.Min(episode.Worst!.Value, after.Value!.Value) : Math.Max(episode.Worst!.Value, after.Value!.Value) };

        if (before.EpisodeSince is not null && after.EpisodeSince is null && open.Remove(key, out var over))
            ended.Add(over with { EndedAt = tick });
    }
}
