using System.Data.Common;
using SreBot.Alerts.Rules;
using SreBot.Alerts.States;

namespace SreBot.Alerts.Evaluation;

/// <summary>Takes what a query answered into the readings.</summary>
/// <param name="open">By the rule's number: counters do not decide it, because its value is wanted. Null: no rule is decided by counters.</param>
internal sealed class AlertAnswer(AlertQuery query, AlertReadings readings, AlertReadings shorts, bool[]? open)
{
    private readonly List<AlertProbe> undecided = [];

    /// <summary>Those whose value must be known: they breach, or may, or are open.</summary>
    public IReadOnlyList<AlertProbe> Undecided => undecided;

    public void Take(AlertAsk ask, DbDataReader rows, AlertPlan plan)
    {
        while (rows.Read())
        {
            var probe = plan.Probes[(int)rows.GetFieldValue<uint>(0)]!;
            if (ask.IsGrouped)
                TakeGroups(ask, probe, rows);
            else if (ask.IsCounted)
                Count(probe, "", (long)rows.GetFieldValue<ulong>(1), rows.GetFieldValue<byte>(2));
            else
                Take(probe, "", (long)rows.GetFieldValue<ulong>(1), ValueOf(rows, ask.Aggregates.Count == 1 ? 2 : 2 + probe.Value));
        }
    }

    private static double? ValueOf(DbDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetFieldValue<double>(column);

    /// <summary>Columns as <see cref="AlertAggregate.Values"/> names them.</summary>
    private void TakeGroups(AlertAsk ask, AlertProbe probe, DbDataReader rows)
    {
        if (rows.GetFieldValue<ulong>(1) > AlertAggregate.MostGroups)
        {
            readings.Fail(probe.Rule.Id, $"The rule has more than {AlertAggregate.MostGroups} groups.");
            return;
        }

        var dimensions = query.Shape.Groups;
        var counts = rows.GetFieldValue<ulong[]>(2);
        var values = ask.IsCounted ? [] : rows.GetFieldValue<double[]>(3);
        var bytes = rows.GetFieldValue<byte[]>(ask.IsCounted ? 3 : 4); // where a percentile lies, or whether there is no value
        var groups = dimensions.Select((_, i) => rows.GetFieldValue<string[]>((ask.IsCounted ? 4 : 5) + i)).ToList();
        for (var i = 0; i < counts.Length; i++)
        {
            var key = AlertGroup.Key(dimensions, [.. groups.Select(group => group[i])]);
            if (ask.IsCounted)
                Count(probe, key, (long)counts[i], bytes[i]);
            else
                Take(probe, key, (long)counts[i], bytes[i] != 0 ? null : values[i]);
        }
    }

    private void Take(AlertProbe probe, string group, long count, double? raw) =>
        (probe.IsShort ? shorts : readings).Add(probe.RuleNumber, new AlertReading(group, probe.InUnit(raw), count));

    /// <summary>A percentile of which the counters tell between which steps of the grid it lies.</summary>
    private void Count(AlertProbe probe, string group, long count, int bucket)
    {
        var isEnough = count >= probe.Rule.MinRequests;
        if (open![probe.RuleNumber] || (isEnough && probe.Breaches(query.Steps, bucket) != false))
        {
            if (undecided.Count == 0 || undecided[^1] != probe)
                undecided.Add(probe);
            return;
        }

        readings.Add(probe.RuleNumber, new AlertReading(group, null, count, isEnough ? Verdict.Clear : Verdict.Insufficient));
    }
}
