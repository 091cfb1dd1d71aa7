using SreBot.Alerts.Rules;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Alerts.Evaluation;

/// <summary>How the rules of a telemetry database are read: the same for the same rules in the same order.</summary>
internal sealed class AlertPlan
{
    private const int MostValues = 200;

    private readonly List<AlertQuery> queries = [];
    private readonly List<AlertProbe?> probes = [];
    private readonly List<int> paired = [];
    private readonly Dictionary<int, string> refused = [];

    /// <summary>Minutes of windows that are kept in memory.</summary>
    private long remembered;

    private AlertPlan()
    {
    }

    public IReadOnlyList<AlertQuery> Queries => queries;

    /// <summary>By number.</summary>
    public IReadOnlyList<AlertProbe?> Probes => probes;

    /// <summary>Numbers of rules with a short window.</summary>
    public IReadOnlyList<int> Paired => paired;

    /// <summary>Why a rule cannot be read at all, by its number.</summary>
    public IReadOnlyDictionary<int, string> Refused => refused;

    /// <param name="require">Refuses columns that the source does not record.</param>
    public static AlertPlan Of(IReadOnlyList<AlertRule> rules, Action<IReadOnlyList<string>> require)
    {
        var plan = new AlertPlan();
        var open = new Dictionary<AlertShape, AlertQuery>();
        var missing = new Dictionary<string, string?>();
        for (var number = 0; number < rules.Count; number++)
        {
            try
            {
                AlertLimits.Check(rules[number]);
                Require(rules[number], missing, require);
                plan.Add(open, number, rules[number]);
            }
            catch (SreException error)
            {
                plan.refused[number] = error.Message;
            }
        }

        foreach (var probe in plan.queries.SelectMany(query => query.Probes))
        {
            plan.probes[probe.Number] = probe;
        }

        return plan;
    }

    /// <summary>Columns of <c>request</c> that a rule's reads name.</summary>
    public static IReadOnlyList<string> Needs(AlertRule rule) => [.. rule.Measure.Aggregate.Columns, .. rule.GroupBy, .. rule.Filter.Select(condition => condition.Dimension)];

    private void Add(Dictionary<AlertShape, AlertQuery> open, int number, AlertRule rule)
    {
        var shapes = new List<(AlertShape Shape, TimeSpan Window, bool IsShort)> { (Shape(rule, rule.Window), rule.Window, false) };
        if (rule.ShortWindow is { } window)
        {
            shapes.Add((Shape(rule, window), window, true));
            paired.Add(number);
        }

        foreach (var (shape, length, isShort) in shapes)
        {
            if (!open.TryGetValue(shape, out var query) || query.Aggregates.Count >= MostValues)
            {
                query = open[shape] = new AlertQuery(queries.Count, shape);
                queries.Add(query);
            }

            query.Add(probes.Count, number, rule, length, isShort);
            probes.Add(null);
        }
    }

    private AlertShape Shape(AlertRule rule, TimeSpan window)
    {
        var shape = AlertShape.Of(rule, window, remembered < AlertMinutes.Most);
        remembered += shape.IsRemembered ? (long)window.TotalMinutes : 0;
        return shape;
    }

    private static void Require(AlertRule rule, Dictionary<string, string?> missing, Action<IReadOnlyList<string>> require)
    {
        var needs = Needs(rule);
        var key = string.Join(',', needs);
        if (!missing.TryGetValue(key, out var why))
        {
            try
            {
                require(needs);
            }
            catch (SreException error) when (error.Kind != SreErrorKind.Unavailable)
            {
                why = error.Message;
            }

            missing[key] = why;
        }

        if (why is not null)
        {
            throw new SreException(SreErrorKind.Invalid, why);
        }
    }
}
