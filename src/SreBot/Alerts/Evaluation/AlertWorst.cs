using SreBot.Alerts.Rules;
using SreBot.Model;

namespace SreBot.Alerts.Evaluation;

/// <summary>Builds the read of what was worst in windows of rules. Runs nothing.</summary>
internal static class AlertWorst
{
    /// <summary>Columns <c>rule_probe</c>, <c>worst_request</c>, <c>worst_server</c>, then <c>group_0</c> and on: the worst request of each window, the newest of equals.</summary>
    public static TelemetryQuery Of(AlertAsk ask)
    {
        var parameters = new Dictionary<string, object?>();
        var rows = ask.Probes!.Select(RowSql).Distinct().ToList();
        var kind = new AlertRuleColumn("row", "UInt8", (_, probe, _) => rows.IndexOf(RowSql(probe)));
        var row = rows.Count == 1 ? rows[0] : $"multiIf({string.Join(", ", rows.Take(rows.Count - 1).Select((sql, i) => $"rule_row = {i}, {sql}"))}, {rows[^1]})";
        var worst = $"argMax((request_id, toString(server_id)), ({row}, timestamp))"; // one aggregate, so that both are of the same request
        var sql = AlertAggregate.Join(ask, $"tupleElement({worst}, 1) AS worst_request, tupleElement({worst}, 2) AS worst_server", AlertAggregate.Keys(ask), parameters, kind: rows.Count == 1 ? null : kind);
        return new TelemetryQuery($"{sql}\nLIMIT {AlertAggregate.MostGroups} BY rule_probe", parameters) { Needs = AlertAggregate.Needs(ask) };
    }

    /// <summary>The larger, the worse a request is.</summary>
    private static string RowSql(AlertProbe probe) => $"{(probe.Rule.Comparator.IsBelow() ? "-" : "")}toFloat64({probe.Rule.Measure.Metric.RowSql})";
}
