using System.Text.RegularExpressions;

namespace SreBot.Telemetry.Sources;

/// <summary>The roll-ups as <c>Schema/003_rollups.sql</c> defines them: the view's own SELECT serves over any table, so that the two cannot differ.</summary>
/// <param name="Time">The column of its minute or hour.</param>
/// <param name="Kept">How long its rows live.</param>
/// <param name="Select">With <c>{request}</c> for the table.</param>
internal sealed partial record RollupSql(string Table, string Time, TimeSpan Step, TimeSpan Kept, string Select)
{
    public string View => $"{Table}_view";

    public static IReadOnlyList<RollupSql> All { get; } = Read();

    /// <summary>Over a table or a subquery in parentheses.</summary>
    public string Over(string request) => Select.Replace("{request}", request, StringComparison.Ordinal);

    private static List<RollupSql> Read()
    {
        using var reader = new StreamReader(typeof(RollupSql).Assembly.GetManifestResourceStream("Telemetry/003_rollups.sql")!);
        return [.. View_().Matches(reader.ReadToEnd()).Select(match => match.Groups["table"].Value == "alert_hour"
            ? new RollupSql("alert_hour", "hour", TimeSpan.FromHours(1), TimeSpan.FromDays(35), Body(match))
            : new RollupSql(match.Groups["table"].Value, "minute", TimeSpan.FromMinutes(1), TimeSpan.FromDays(2), Body(match)))];
    }

    private static string Body(Match match) => match.Groups["select"].Value.Replace("{database}.request", "{request}", StringComparison.Ordinal);

    [GeneratedRegex(@"ALTER TABLE \{database\}\.(?<table>\w+)_view MODIFY QUERY\n(?<select>SELECT.*?);\n", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex View_();
}
