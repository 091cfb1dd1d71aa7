using SreBot.Alerts.Rules;
using SreBot.Model;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Alerts.Rules;

public sealed class AlertGrammarTests
{
    private static readonly AlertDefaults Defaults = new(["Project_1", "Project_3"], [], "slack:T01/C02")
    {
        Channels = new Dictionary<string, string> { ["#incidents"] = "slack:T01/C09" },
        Now = new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero), // a Wednesday
    };

    public static TheoryData<string, string> Cases() => CaseFile.Pairs("Alerts/Cases/AlertGrammar.txt");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Reads_what_is_written(string text, string expected)
    {
        if (expected[0] == '!')
        {
            var error = Assert.Throws<SreException>(() => AlertGrammar.Parse(text, Defaults));
            Assert.Contains(expected[1..], error.Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(expected, AlertText.Command(Rule(text)));
        }
    }

    public static TheoryData<string> Rules() => [.. CaseFile.Rows("Alerts/Cases/AlertGrammar.txt").Select(columns => columns[1]).Where(expected => expected[0] != '!')];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Reads_back_what_it_says(string command) => Assert.Equal(command, AlertText.Command(Rule(command)));

    [Fact]
    public void Reads_the_other_commands()
    {
        Assert.IsType<AlertCommand.List>(AlertGrammar.Parse("", Defaults));
        Assert.IsType<AlertCommand.List>(AlertGrammar.Parse("list", Defaults));
        Assert.Equal(new AlertCommand.Show("too many errors"), AlertGrammar.Parse("show too many errors", Defaults));
        Assert.Equal(new AlertCommand.Show("too many errors"), AlertGrammar.Parse("show \"too many errors\"", Defaults));
        Assert.Equal(new AlertCommand.Mute("too many errors", TimeSpan.FromHours(2)), AlertGrammar.Parse("mute too many errors 2h", Defaults));
        Assert.Equal(new AlertCommand.Delete("errors"), AlertGrammar.Parse("delete errors", Defaults));
    }

    [Fact]
    public void Puts_the_writers_own_conditions_into_every_rule()
    {
        var defaults = Defaults with { Conditions = [new("platform", "mobile")] };

        var rule = ((AlertCommand.Create)AlertGrammar.Parse("create latency max > 20 where server_id = Server_9", defaults)).Rule;

        Assert.Equal([new("platform", "mobile"), new("server_id", "Server_9")], rule.Filter);
    }

    [Fact]
    public void Says_what_to_do_where_no_project_is_seen()
    {
        var error = Assert.Throws<SreException>(() => AlertGrammar.Parse("create latency max > 20 in Project_1", Defaults with { Projects = [] }));

        Assert.Equal("No project can be seen here; link the channel to one first: link Project_1", error.Message);
    }

    private static AlertRule Rule(string text) => ((AlertCommand.Create)AlertGrammar.Parse(text, Defaults)).Rule;
}
