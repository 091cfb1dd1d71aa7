namespace SreBot.Alerts.Evaluation;

/// <summary>The rules as a subquery: from the mirror, or from parameters where nothing may be written beside the telemetry. Runs nothing.</summary>
internal static class AlertRuleSql
{
    /// <summary>A number made of a project's and of each filter's; the factors keep two filters' values from changing places.</summary>
    /// <param name="project">SQL.</param>
    /// <param name="columns">SQL, in the filters' order.</param>
    public static string Key(string project, IEnumerable<string> columns) => $"{project}{string.Concat(columns.Select((column, i) => $" + {(2 * i) + 3} * sipHash64({column})"))}";

    /// <summary>Columns <c>rule_NAME</c> of those used, <c>rule_key</c>, and <c>rule_from</c>, where the window begins; a row a project of each rule's window.</summary>
    public static string Of(AlertAsk ask, IEnumerable<AlertRuleColumn> used, Dictionary<string, object?> parameters)
    {
        var columns = used.ToList();
        return ask.MirrorKey is { } key ? Mirrored(ask, key, columns, parameters) : Passed(ask, columns, parameters);
    }

    private static string Mirrored(AlertAsk ask, ulong key, IReadOnlyList<AlertRuleColumn> columns, Dictionary<string, object?> parameters)
    {
        var terms = "";
        parameters["set_key"] = key;
        parameters["query"] = ask.Query.Number;
        if (ask.Shards is { } shards)
        {
            parameters["shards"] = shards.ToList();
            terms += " AND shard IN {shards:Array(UInt8)}";
        }

        if (ask.Probes is { } probes)
        {
            parameters["probes"] = probes.Select(probe => probe.Number).ToList();
            terms += " AND probe IN {probes:Array(UInt32)}";
        }

        if (ask.Except.Count > 0)
        {
            parameters["except"] = ask.Except.ToList();
            terms += " AND probe NOT IN {except:Array(UInt32)}";
        }

        return $$"""
                SELECT {{string.Join(", ", columns.Where(IsTold).Select(column => $"{column.Name} AS rule_{column.Name}"))}},
                    {{Key("sipHash64(project_id)", ask.Query.Shape.Filters.Select(filter => $"filter_{filter}"))}} AS rule_key, {tick:DateTime('UTC')} - toIntervalSecond(window) AS rule_from
                FROM {database:Identifier}.alert_rule
                WHERE /*scope*/ AND set_key = {set_key:UInt64} AND query = {query:UInt16}{{terms}}
            """;
    }

    private static string Passed(AlertAsk ask, List<AlertRuleColumn> columns, Dictionary<string, object?> parameters)
    {
        columns = [.. columns.Where(column => column != AlertRuleColumn.Window), AlertRuleColumn.Window];
        foreach (var column in columns)
        {
            parameters[$"rule_{column.Name}"] = ask.Probes!.SelectMany(probe => probe.Rule.Projects.Select(project => Passed(column, column.Of(ask.Query, probe, project)))).ToList();
        }

        return $$"""
                SELECT arrayJoin(arrayZip({{string.Join(", ", columns.Select(column => $"{{rule_{column.Name}:Array({PassedType(column)})}}"))}})) AS rule,
                    {{string.Join(", ", columns.Select((column, i) => $"{Taken(column, $"rule.{i + 1}")} AS rule_{column.Name}"))}},
                    {{Key("sipHash64(rule_project_id)", ask.Query.Shape.Filters.Select(filter => $"rule_filter_{filter}"))}} AS rule_key, {tick:DateTime('UTC')} - toIntervalSecond(rule_window) AS rule_from
            """;
    }

    /// <summary>What is in the key need not be joined as well.</summary>
    private static bool IsTold(AlertRuleColumn column) => column.Type != "String";

    /// <summary>A number that is no whole one travels as its bits, because its text may be read a little off.</summary>
    private static object Passed(AlertRuleColumn column, object value) => column.Type == "Float64" ? BitConverter.DoubleToInt64Bits((double)value) : value;

    private static string PassedType(AlertRuleColumn column) => column.Type == "Float64" ? "Int64" : column.Type;

    private static string Taken(AlertRuleColumn column, string item) => column.Type == "Float64" ? $"reinterpretAsFloat64({item})" : item;
}
