using SreBot.Benchmarks.AlertScenarios;

namespace SreBot.Tests.Alerts.States;

public sealed class AlertVerdictTests
{
    public static TheoryData<string> Cases => [.. AlertVerdictTable.Rows.Select(row => row[0])];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Judges_a_value(string shows)
    {
        var row = AlertVerdictTable.Rows.Single(row => row[0] == shows);

        Assert.Equal(row[6], AlertVerdictTable.Judge(AlertMachine.Product, row));
    }
}
