using System.Text.Json.Nodes;
using SreBot.Alerts.Evaluation;
using SreBot.Alerts.Rules;
using SreBot.Alerts.States;

namespace SreBot.Benchmarks.AlertScenarios;

/// <summary>Plays a scenario tick by tick through the product's verdicts and state machine.</summary>
internal sealed class ScenarioRun
{
    /// <summary>What stands in a file for a rule with groups as a whole.</summary>
    private const string WholeRule = "__nodata__";

    private readonly JsonObject scenario;
    private readonly AlertMachine machine;
    private readonly bool isGrouped;
    private readonly Dictionary<string, AlertState> states = [];
    private readonly Queue<JsonObject> edits;
    private JsonObject words;
    private AlertRule rule;
    private HashSet<string> orphans = [];

    private ScenarioRun(JsonObject scenario, AlertMachine machine)
    {
        this.scenario = scenario;
        this.machine = machine;
        isGrouped = scenario["ticks"]!.AsArray().Any(tick => tick!["series"] is not null);
        words = scenario["rule"]!.AsObject();
        rule = ScenarioRule.Of(words, isGrouped, ScenarioComparison.IsPrometheus(scenario));
        edits = new((scenario["rule_changes"]?.AsArray() ?? []).Select(edit => edit!.AsObject()).OrderBy(edit => edit["before_t_s"]!.GetValue<double>()));
    }

    /// <exception cref="FormatException">The scenario uses a word that is unknown.</exception>
    public static IReadOnlyList<ScenarioTick> Play(JsonObject scenario, AlertMachine machine)
    {
        var run = new ScenarioRun(scenario, machine);
        var ticks = scenario["ticks"]!.AsArray().Select(tick => tick!.AsObject()).ToList();
        if (ticks.Count > 0)
        {
            run.Begin(Seconds(ticks[0]));
        }

        return [.. ticks.Select(run.Play)];
    }

    public static DateTimeOffset At(double seconds) => DateTimeOffset.UnixEpoch.AddDays(20_000).AddSeconds(seconds);

    private static double Seconds(JsonObject tick) => tick["t_s"]!.GetValue<double>();

    private void Begin(double firstSeconds)
    {
        var before = At(firstSeconds) - ScenarioRule.Interval(words);
        if (!isGrouped)
        {
            states[""] = ScenarioState.Of(scenario["initial"], before);
        }
        else if (scenario["initial"] is JsonObject initial)
        {
            foreach (var (group, state) in initial["series"]?.AsObject() ?? initial)
            {
                states[Key(group)] = ScenarioState.Of(state, before);
            }
        }
    }

    private ScenarioTick Play(JsonObject tick)
    {
        var at = At(Seconds(tick));
        Edit(Seconds(tick));
        var isSilenced = scenario["silence"] is JsonObject silence && at >= At(silence["from_s"]!.GetValue<double>()) && at < At(silence["to_s"]!.GetValue<double>());
        var groups = new Dictionary<string, (string, string?)>();
        foreach (var seen in machine.See(rule, states.Keys, Readings(tick), IsError(tick) ? Verdict.Error : null))
        {
            var before = states.GetValueOrDefault(seen.GroupKey) ?? AlertState.New(at);
            var (after, _, notice) = machine.Take(rule, before, seen.Verdict, seen.Value, at, isSilenced);
            states[seen.GroupKey] = after;
            var told = notice == AlertNotice.None && orphans.Contains(seen.GroupKey) ? AlertNotice.Resolved : notice;
            groups[Name(seen.GroupKey)] = (ScenarioState.Name(after.Phase), isSilenced ? null : Notify(told, after.Phase)); // SreBot edits its message even then; a file's silence sends nothing
        }

        orphans = [];
        return new ScenarioTick(Seconds(tick), groups);
    }

    /// <summary>An edit keeps the states, unless it changes the condition: then what was told to be firing ends with it.</summary>
    private void Edit(double seconds)
    {
        while (edits.TryPeek(out var edit) && edit["before_t_s"]!.GetValue<double>() <= seconds)
        {
            var edited = ScenarioRule.Edited(words, edits.Dequeue());

            if (ScenarioRule.ChangesCondition(words, edited))
            {
                orphans.UnionWith(states.Where(state => state.Value.IsAnnounced).Select(state => state.Key));
                foreach (var key in states.Keys)
                {
                    states[key] = AlertState.New(states[key].Tick);
                }
            }

            words = edited;
            rule = ScenarioRule.Of(words, isGrouped, ScenarioComparison.IsPrometheus(scenario));
        }
    }

    private static bool IsError(JsonObject tick) => tick["error"] is JsonValue error && !(error.TryGetValue<bool>(out var isError) && !isError);

    /// <summary>Without a number of requests there are enough.</summary>
    private List<AlertReading> Readings(JsonObject tick)
    {
        if (!isGrouped)
        {
            return [Reading("", tick["value"], tick["count"])];
        }

        return [.. (tick["series"]?.AsObject() ?? []).Select(group => group.Value is JsonObject both
            ? Reading(Key(group.Key), both["value"], both["count"])
            : Reading(Key(group.Key), group.Value, tick["count"]))];
    }

    private static AlertReading Reading(string key, JsonNode? value, JsonNode? count) =>
        new(key, value?.GetValue<double>(), (long)(count?.GetValue<double>() ?? (value is null ? 0 : long.MaxValue)));

    private static string Key(string group) => group == WholeRule ? "" : AlertGroup.Key([ScenarioRule.Dimension], [group]);

    private string Name(string key) => key.Length > 0 ? AlertGroup.Conditions(key)[0].Value : isGrouped ? WholeRule : "";

    /// <summary>A file has four words for what is sent; that data is back, while nothing ended, is none of them.</summary>
    private static string? Notify(AlertNotice notice, AlertPhase phase) => notice switch
    {
        AlertNotice.Opened or AlertNotice.Repeated => "firing",
        AlertNotice.Resolved => "resolved",
        AlertNotice.Missing => phase switch
        {
            AlertPhase.NoData => "no_data",
            AlertPhase.Error => "error",
            AlertPhase.Triggered => "firing",
            AlertPhase.Resolved => "resolved",
            _ => null,
        },
        _ => null,
    };
}
