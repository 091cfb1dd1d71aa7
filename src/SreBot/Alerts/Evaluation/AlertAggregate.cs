using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Telemetry.Sources;

namespace SreBot.Alerts.Evaluation;

/// <summary>Builds the reads of an evaluation: rules joined with the telemetry of their windows. Runs nothing.</summary>
internal static class AlertAggregate
{
    /// <summary>More groups than these make a rule's tick an error.</summary>
    public const int MostGroups = 1000;

    /// <summary>So few windows of so many rules read single requests by their project, not all of a stretch of time.</summary>
    private const int FewRules = 20_000;


    /// <summary>A row a window: <c>rule_probe</c>, <c>requests</c>, then <c>value_0</c> and on, or <c>bucket</c> for counters. With groups, a row a window that has any to tell:
    /// <c>rule_probe</c>, <c>group_count</c> (how many there are in all), and arrays: <c>requests</c>, <c>value</c> and <c>is_missing</c> or <c>bucket</c>, <c>group_0</c> and on.</summary>
    public static TelemetryQuery Values(AlertAsk ask)
    {
        var parameters = new Dictionary<string, object?>();
        var columns = $"{Requests(ask)} AS requests, {string.Join(", ", Results(ask))}";
        var sql = ask.IsGrouped ? Grouped(ask, columns, parameters) : Join(ask, columns, "rule_probe", parameters);
        return new TelemetryQuery(sql, parameters) { Needs = Needs(ask) };
    }

    /// <summary>A row a minute of a window: <c>rule_probe</c>, <c>minute</c>, <c>requests</c>, and what the rule's <see cref="RollupFormula"/> names <c>over</c> and <c>under</c>.</summary>
    /// <param name="minutes">Where there is something to read.</param>
    public static TelemetryQuery Minutes(AlertAsk ask, IReadOnlyCollection<DateTimeOffset> minutes)
    {
        var parameters = new Dictionary<string, object?> { ["minutes"] = minutes };
        var formulas = ask.Aggregates.Select(aggregate => aggregate.Formula!).ToList();
        var columns = $"""
            {Requests(ask)} AS requests, {Chosen(formulas.Select(formula => $"toFloat64({(formula.IsMaximum ? "max" : "sum")}({formula.Over}))"))} AS over,
                {Chosen(formulas.Select(formula => $"toFloat64({(formula.Under is { } under ? $"sum({under})" : "0")})"))} AS under
            """;
        return new TelemetryQuery(Join(ask, columns, "rule_probe, minute", parameters, " AND minute IN {minutes:Array(DateTime('UTC'))}"), parameters) { Needs = Needs(ask) };
    }

    /// <summary>Columns <c>minute</c> and <c>requests</c>: how many requests each minute of the longest window has, of all projects.</summary>
    public static TelemetryQuery Sums(AlertAsk ask) => new($$"""
        SELECT minute, toUInt64(sum(request_count)) AS requests
        FROM {database:Identifier}.{{ask.Table}}
        WHERE /*scope*/ AND minute >= {first:DateTime('UTC')} AND minute < {tick:DateTime('UTC')}
        GROUP BY minute
        """, new Dictionary<string, object?> { ["first"] = ask.Tick - ask.Query.Longest, ["tick"] = ask.Tick });

    /// <summary>Of several values the rule's own.</summary>
    private static string Chosen(IEnumerable<string> values)
    {
        var all = values.ToList();
        return all.Distinct().Count() == 1 ? all[0]
            : $"multiIf({string.Join(", ", all.Take(all.Count - 1).Select((value, i) => $"any(rule_value) = {i}, {value}"))}, {all[^1]})";
    }

    private static string Requests(AlertAsk ask) => ask.IsRaw ? "count()" : "toUInt64(sum(request_count))";

    private static IEnumerable<string> Results(AlertAsk ask)
    {
        if (ask.IsCounted)
            return [$"{LatencyGrid.BucketSql(ask.Query.Steps, "toUInt64(any(rule_percent))", "requests")} AS bucket"];

        var values = ask.Aggregates.Select(aggregate => $"CAST({Sql(ask, aggregate)}, 'Nullable(Float64)')").ToList();
        return !ask.IsGrouped ? values.Select((value, i) => $"{value} AS value_{i}")
            : [$"{Chosen(values)} AS value"];
    }

    private static string Sql(AlertAsk ask, MetricAggregate aggregate) =>
        (ask.IsRaw ? aggregate.RequestSql : aggregate.RollupSql!).Replace(RollupFormula.WindowSeconds, "toFloat64(any(rule_window))", StringComparison.Ordinal);

    /// <summary>Groups are counted before they are sifted.</summary>
    private static string Grouped(AlertAsk ask, string columns, Dictionary<string, object?> parameters)
    {
        if (ask.IsSifted)
            columns += $", {Matters(ask, parameters)} AS matters";

        var kept = ask.IsSifted ? "matters" : "true";
        (string Name, string Sql)[] told =
        [
            ("requests", "by_group.requests"), .. ask.IsCounted ? [("bucket", "by_group.bucket")] : new[] { ("value", "ifNull(by_group.value, 0)"), ("is_missing", "isNull(by_group.value)") },
            .. ask.Query.Shape.Groups.Select((_, i) => ($"group_{i}", $"by_group.group_{i}")),
        ];
        return $"""
            SELECT rule_probe, count() AS group_count, {string.Join(", ", told.Select(one => $"groupArrayIf({MostGroups})({one.Sql}, {kept}) AS {one.Name}"))}
            FROM
            (
            {Join(ask, columns, Keys(ask), parameters)}
            ) AS by_group
            GROUP BY rule_probe
            HAVING countIf({kept}) > 0 OR group_count > {MostGroups}
            """;
    }

    /// <summary>A value that is not there or is no number decides too.</summary>
    private static string Matters(AlertAsk ask, Dictionary<string, object?> parameters)
    {
        parameters["open"] = ask.Open!.ToList();
        var breaches = ask.IsCounted
            ? "bitTest(any(rule_buckets), bucket)"
            : "ifNull(NOT isFinite(value), 1) OR ((value / any(rule_divisor) >= any(rule_low) AND value / any(rule_divisor) <= any(rule_high)) != any(rule_is_outside))";
        var certain = ask.IsCounted ? "" : "ifNull(NOT isFinite(value), 1) OR ";
        return $"({certain}(requests >= any(rule_min_requests) AND ({breaches})) OR rule_probe IN {{open:Array(UInt32)}})";
    }

    /// <summary>The window and its groups.</summary>
    public static string Keys(AlertAsk ask) => $"rule_probe{string.Concat(ask.Query.Shape.Groups.Select((_, i) => $", group_{i}"))}";

    /// <summary>Windows of rules joined with the telemetry that they hold.</summary>
    /// <param name="columns">What to sum up.</param>
    /// <param name="keys">What to sum up by: <c>rule_probe</c>, and more.</param>
    /// <param name="terms">More conditions.</param>
    /// <param name="kind">A column more of the rules.</param>
    public static string Join(AlertAsk ask, string columns, string keys, Dictionary<string, object?> parameters, string terms = "", AlertRuleColumn? kind = null)
    {
        var shape = ask.Query.Shape;
        var time = ask.IsRaw ? "timestamp" : shape.IsHourly ? "hour" : "minute";
        parameters["tick"] = ask.Tick;
        parameters["first"] = ask.Tick - ask.Query.Longest;
        return $$"""
            SELECT rule_probe{{Named(ask, keys)}}, {{columns}}
            FROM {{From(ask, parameters)}}
            INNER JOIN
            (
            {{AlertRuleSql.Of(ask, kind is null ? Used(ask) : Used(ask).Append(kind), parameters)}}
            ) AS rules ON {{Key(ask)}} = rule_key
            WHERE /*scope*/ AND {{time}} >= {first:DateTime('UTC')} AND {{time}} < {tick:DateTime('UTC')} AND {{time}} >= rule_from{{terms}}
            GROUP BY {{keys}}
            """;
    }

    private static string Named(AlertAsk ask, string keys) =>
        keys.StartsWith("rule_probe, group_0", StringComparison.Ordinal) ? string.Concat(ask.Query.Shape.Groups.Select((group, i) => $", toString({group}) AS group_{i}")) : keys["rule_probe".Length..];

    /// <summary>Project and filter as one number of 64 bits, which a join finds much faster than names.</summary>
    private static string Key(AlertAsk ask) =>
        AlertRuleSql.Key(IsByProject(ask) || (ask.IsOwn && ask.Table.StartsWith("alert_minute", StringComparison.Ordinal)) ? "project_key" : "sipHash64(project_id)", ask.Query.Shape.Filters);

    /// <summary>A window of a ragged length begins with minutes that no roll-up may have any more: they are counted from single requests.</summary>
    private static string From(AlertAsk ask, Dictionary<string, object?> parameters)
    {
        if (IsByProject(ask))
        {
            parameters["projects"] = ask.Probes!.SelectMany(probe => probe.Rule.Projects).Distinct().ToList();
            return RequestsByProjectSql;
        }

        if (ask.IsRaw || ask.Query.Shape.Ragged == TimeSpan.Zero)
            return $"{{database:Identifier}}.{ask.Table}";

        parameters["whole"] = SqlTime.Ceiling(ask.Tick - ask.Query.Longest, TimeSpan.FromHours(1));
        var minutes = RollupSql.All.First(rollup => rollup.Table == "alert_minute_dim")
            .Over("(SELECT * FROM {database:Identifier}.request WHERE /*scope*/ AND timestamp >= {first:DateTime('UTC')} AND timestamp < {whole:DateTime('UTC')})");
        return $$"""
            (
                SELECT * FROM {database:Identifier}.alert_hour WHERE /*scope*/ AND hour >= {whole:DateTime('UTC')} AND hour < {tick:DateTime('UTC')}
                UNION ALL
                {{minutes}}
            ) AS alert_hour
            """;
    }

    /// <summary>By the key of <c>request</c>, which is by project; only what is left is made a number.</summary>
    private const string RequestsByProjectSql = """
        (
            SELECT *, sipHash64(toString(project_id)) AS project_key
            FROM {database:Identifier}.request
            WHERE /*scope*/ AND timestamp >= {first:DateTime('UTC')} AND timestamp < {tick:DateTime('UTC')} AND project_id IN {projects:Array(String)}
        ) AS request
        """;

    private static bool IsByProject(AlertAsk ask) => ask is { IsRaw: true, Probes.Count: <= FewRules };

    private static IEnumerable<AlertRuleColumn> Used(AlertAsk ask)
    {
        var window = ask.Aggregates.Any(aggregate => aggregate.RequestSql.Contains(RollupFormula.WindowSeconds, StringComparison.Ordinal));
        IEnumerable<AlertRuleColumn> sift = !ask.IsSifted ? []
            : ask.IsCounted ? [AlertRuleColumn.MinRequests, AlertRuleColumn.Buckets]
            : [AlertRuleColumn.MinRequests, AlertRuleColumn.Divisor, AlertRuleColumn.Low, AlertRuleColumn.High, AlertRuleColumn.IsOutside];
        return
        [
            AlertRuleColumn.Probe, AlertRuleColumn.Project, .. ask.Query.Shape.Filters.Select(AlertRuleColumn.Filter), .. sift,
            .. window ? [AlertRuleColumn.Window] : Array.Empty<AlertRuleColumn>(),
            .. ask.IsCounted ? [AlertRuleColumn.Percent] : Array.Empty<AlertRuleColumn>(),
            .. (ask.IsGrouped || ask.Query.Shape.IsRemembered) && ask.Aggregates.Count > 1 ? [AlertRuleColumn.Value] : Array.Empty<AlertRuleColumn>(),
        ];
    }

    /// <summary>Columns of <c>request</c> that an ask's rules name.</summary>
    public static IReadOnlyList<string> Needs(AlertAsk ask) =>
        [.. ask.Query.Aggregates.SelectMany(aggregate => aggregate.Columns).Distinct(), .. ask.Query.Shape.Groups, .. ask.Query.Shape.Filters];
}
