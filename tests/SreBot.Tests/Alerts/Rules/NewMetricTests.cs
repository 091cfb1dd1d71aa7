using System.Data.Common;
using SreBot.Alerts.Rules;
using SreBot.Alerts.States;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Telemetry;

namespace SreBot.Tests.Alerts.Rules;

/// <summary>A metric that the catalogue does not have takes one entry, and everything that people write and see of rules has it.</summary>
public sealed class NewMetricTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static readonly Metric Active = new("active", "active requests", "requests",
        [new("max", "maxOrNull(toFloat64(number_of_active_requests))", RollupSql: null), new("mean", "avgOrNull(number_of_active_requests)", RollupSql: null)], "toFloat64(number_of_active_requests)");

    private static readonly AlertDefaults Defaults = new(["Project_1"], [], null) { Metrics = [.. MetricCatalogue.ForRules, Active] };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void It_is_read_said_and_read_back()
    {
        var rule = Rule("create active >= 2 requests over 10m recovery 1 as busy");

        Assert.Equal("create active max >= 2 requests over 10m recovery 1 requests cooldown 5m in Project_1 severity warning notify none as \"busy\"", AlertText.Command(rule));
        Assert.Equal(RandomRules.Text(rule), RandomRules.Text(Rule(AlertText.Command(rule))));
        Assert.StartsWith("warning: when active requests max over 10m is >= 2 requests in Project_1;", AlertText.Sentence(rule), StringComparison.Ordinal);
        Assert.Contains("SELECT maxOrNull(toFloat64(number_of_active_requests)) AS value", AlertStatement.Of(rule, "sre"), StringComparison.Ordinal);
        Assert.Contains("did you mean: alert create active > 2 requests", Assert.Throws<SreException>(() => Rule("create activ > 2")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_value_is_read_and_judged()
    {
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        await house.RequestsAsync(0, 5, latency: 10); // three active requests each

        await using var reader = await house.Telemetry.ReadAsync(house.Scope, AlertStatement.Read(Rule("create active >= 2 requests over 10m"), Requests.Start.AddMinutes(5)), Cancel);

        Assert.True(await ((DbDataReader)reader).ReadAsync(Cancel));
        Assert.Equal(3, Convert.ToDouble(reader.GetValue(0)));
        Assert.Equal(Verdict.Breach, AlertVerdict.Of(Rule("create active >= 2 requests"), 3, 30));
    }

    private static AlertRule Rule(string text) => ((AlertCommand.Create)AlertGrammar.Parse(text, Defaults)).Rule;
}
