using System.Data.Common;
using System.Text.RegularExpressions;
using SreBot.Alerts.Rules;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Telemetry;

namespace SreBot.Tests.Alerts.Rules;

public sealed partial class AlertStatementTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static readonly AlertDefaults Defaults = new(["Project_1", "Project_2"], [], null);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Says_what_a_person_would_write()
    {
        var sql = AlertStatement.Of(Rule("create error_rate > 5% over 10m in Project_1 where endpoint = \"POST /o'brien\\\\x\" by server_id as e"), "sre");

        Assert.Equal("""
            SELECT toString(server_id) AS group_0, 100 * sum(status BETWEEN 400 AND 599) / nullIf(countIf(status != 0), 0) AS value, count() AS requests
            FROM sre.request
            WHERE project_id IN ('Project_1') AND endpoint = 'POST /o\'brien\\x' AND timestamp >= toStartOfMinute(now()) - toIntervalSecond(600) AND timestamp < toStartOfMinute(now())
            GROUP BY group_0
            ORDER BY value DESC
            """, sql);
    }

    /// <summary>The statement to paste, with the clock put in its place, gives what the evaluator's reads give.</summary>
    [Theory]
    [InlineData("create latency p95 > 1 over 10m as r", "85")]
    [InlineData("create latency max > 1 over 10m in Project_1 as r", "20")]
    [InlineData("create error_rate > 1% over 10m as r", "25")]
    [InlineData("create error_rate > 1% over 10m by project as r", "Project_1 0|Project_2 50")]
    [InlineData("create latency mean > 1 over 5m where platform = mobile by server, platform as r", "Server_2 mobile 85")]
    [InlineData("create requests rate > 0 over 10m as r", "0.2")]
    [InlineData("create burn_rate > 1 over 10m objective 99% in Project_2 as r", "50")]
    [InlineData("create burn_rate > 1 over 10m and 5m objective 99% in Project_2 as r", "0")]
    [InlineData("create burn_rate > 1 over 10m and 5m objective 99% by server as r", "Server_1 0|Server_2 0")]
    public async Task The_statement_gives_the_rules_value(string text, string expected)
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RequestsAsync(0, 10, latency: 20);
        await house.RequestsAsync(0, 5, latency: 85, server: "Server_2", project: "Project_2", status: 500, platform: "mobile");
        await house.RequestsAsync(5, 10, latency: 85, server: "Server_2", project: "Project_2", platform: "mobile");
        var (rule, tick) = (Rule(text), Requests.Start.AddMinutes(10));

        var pasted = AlertStatement.Of(rule, house.Database).Replace("toStartOfMinute(now())", $"toDateTime64('{tick:yyyy-MM-dd HH:mm:ss}', 3, 'UTC')", StringComparison.Ordinal);
        Assert.DoesNotMatch(Placeholder(), pasted); // run as a person would: no parameters, no scope
        await using (var plain = await telemetry.Transport.QueryAsync(pasted, new Dictionary<string, string>(), Cancel))
        {
            Assert.Equal(expected, await RowsAsync(plain));
        }

        await using var scoped = await house.Telemetry.ReadAsync(house.Scope, AlertStatement.Read(rule, tick), Cancel);
        Assert.Equal(expected, await RowsAsync(scoped));
    }

    /// <summary>Groups and value of each row.</summary>
    private static async Task<string> RowsAsync(DbDataReader reader)
    {
        var rows = new List<string>();
        while (await reader.ReadAsync(Cancel))
        {
            rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount - 1).Select(i => reader.GetValue(i) is double number ? Math.Round(number, 3).ToString("R") : $"{reader.GetValue(i)}")));
        }

        return string.Join('|', rows.Order(StringComparer.Ordinal));
    }

    private static AlertRule Rule(string text) => ((AlertCommand.Create)AlertGrammar.Parse(text, Defaults)).Rule;

    [GeneratedRegex(@"\{\w+:")]
    private static partial Regex Placeholder();
}
