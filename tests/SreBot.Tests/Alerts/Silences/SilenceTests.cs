using SreBot.Alerts.Rules;
using SreBot.Alerts.Silences;
using SreBot.Model;

namespace SreBot.Tests.Alerts.Silences;

public sealed class SilenceTests
{
    /// <summary>A Wednesday.</summary>
    private static readonly DateTimeOffset Now = At("2026-03-04T12:00Z");

    private static readonly AlertDefaults Defaults = new(["Project_1", "Project_2"], [], null) { Now = Now };

    [Theory]
    [InlineData("silence Project_1 for 2h", "2026-03-04 12:00 to 2026-03-04 14:00 UTC")]
    [InlineData("silence Project_1 from 22:00 to 23:00", "2026-03-04 22:00 to 2026-03-04 23:00 UTC")]
    [InlineData("silence Project_1 from 10:00 to 11:00", "2026-03-05 10:00 to 2026-03-05 11:00 UTC")]
    [InlineData("silence Project_1 from 11:00 to 13:00", "2026-03-04 11:00 to 2026-03-04 13:00 UTC")]
    [InlineData("silence Project_1 from 23:00 to 01:00 Europe/Berlin", "2026-03-04 22:00 to 2026-03-05 00:00 UTC")]
    [InlineData("silence Project_1 from 10pm to 11:30pm America/New_York", "2026-03-05 03:00 to 2026-03-05 04:30 UTC")]
    [InlineData("silence Project_1 from tomorrow 08:00 to 09:00", "2026-03-05 08:00 to 2026-03-05 09:00 UTC")]
    [InlineData("silence Project_1 on saturday from 08:00 to 09:00", "2026-03-07 08:00 to 2026-03-07 09:00 UTC")]
    [InlineData("silence Project_1 from 2026-03-10 08:00 to 2026-03-12 09:00 Europe/Berlin", "2026-03-10 07:00 to 2026-03-12 08:00 UTC")]
    [InlineData("silence Project_1 until 18:00 because \"load test\"", "2026-03-04 12:00 to 2026-03-04 18:00 UTC")]
    [InlineData("silence Project_1 until 11:00", "2026-03-04 12:00 to 2026-03-05 11:00 UTC")]
    [InlineData("maintenance Project_1 every sunday 02:00 to 04:00 Europe/Berlin", "every Sunday 02:00 to 04:00 Europe/Berlin")]
    [InlineData("maintenance Project_1 every day from 02:00 to 02:30", "every day 02:00 to 02:30 UTC")]
    [InlineData("maintenance Project_1 every friday 22:00 to 01:00", "every Friday 22:00 to 01:00 UTC")]
    public void Reads_when(string text, string expected) => Assert.Equal(expected, SilenceText.When(Parse(text)));

    [Theory]
    [InlineData("silence Project_1 for 2h", "Project_1")]
    [InlineData("silence Project_1,Project_2 where server = Server_9 and platform = web severity critical for 2h", "Project_1, Project_2, server_id Server_9, platform web, severity critical")]
    [InlineData("silence for 2h where endpoint = \"POST /pay\" in Project_1", "Project_1, endpoint POST /pay")]
    [InlineData("silence all for 10m", "every alert")]
    [InlineData("silence where project = Project_2 for 10m", "Project_2")]
    public void Reads_what(string text, string expected) => Assert.Equal(expected, SilenceText.What(Parse(text), null));

    [Theory]
    [InlineData("silence for 2h", "Say what to silence")]
    [InlineData("silence Project_1 on 2026-03-01 from 08:00 to 09:00", "That time is over already")]
    [InlineData("silence Project_1 from 2026-03-10 08:00 to 2026-12-12 09:00", "at most 90 days")]
    [InlineData("maintenance Project_1 every sunday for 2h", "Say from when to when each time")]
    [InlineData("silence Project_9 for 2h", "Word 2 should be a project that you can see here (Project_1, Project_2), not 'Project_9'")]
    [InlineData("silence Project_1 for 2h for 3h", "something other than a second for")]
    public void Refuses(string text, string expected) => Assert.Contains(expected, Assert.Throws<SreException>(() => Parse(text)).Message, StringComparison.Ordinal);

    [Theory] // Berlin goes on from 02:00 to 03:00 on 2026-03-29, and back from 03:00 to 02:00 on 2026-10-25
    [InlineData("2026-03-22T00:59Z", null)]
    [InlineData("2026-03-22T01:00Z", "2026-03-22T03:00Z")]
    [InlineData("2026-03-22T03:00Z", null)]
    [InlineData("2026-03-29T00:59Z", null)]
    [InlineData("2026-03-29T01:00Z", "2026-03-29T02:00Z")]
    [InlineData("2026-03-29T02:00Z", null)]
    [InlineData("2026-04-05T00:00Z", "2026-04-05T02:00Z")]
    [InlineData("2026-10-24T23:59Z", null)]
    [InlineData("2026-10-25T00:00Z", "2026-10-25T03:00Z")]
    [InlineData("2026-10-25T02:59Z", "2026-10-25T03:00Z")]
    [InlineData("2026-10-25T03:00Z", null)]
    [InlineData("2026-11-01T01:00Z", "2026-11-01T03:00Z")]
    [InlineData("2026-11-02T01:30Z", null)]
    public void A_weekly_one_keeps_its_local_time_when_the_clocks_change(string at, string? until) =>
        Assert.Equal(until is null ? null : At(until), Parse("maintenance Project_1 every sunday 02:00 to 04:00 Europe/Berlin").EndOf(At(at)));

    [Theory]
    [InlineData("2026-03-06T21:59Z", null)]
    [InlineData("2026-03-06T22:00Z", "2026-03-09T06:00Z")]
    [InlineData("2026-03-09T05:59Z", "2026-03-09T06:00Z")]
    [InlineData("2026-03-09T06:00Z", null)]
    [InlineData("2026-06-07T12:00Z", "2026-06-08T06:00Z")]
    public void A_weekly_one_may_last_for_days(string at, string? until)
    {
        var silence = new Silence { StartsAt = At("2026-03-06T22:00Z"), EndsAt = At("2026-03-09T06:00Z"), Repeat = SilenceRepeat.Weekly };

        Assert.Equal(until is null ? null : At(until), silence.EndOf(At(at)));
    }

    [Theory]
    [InlineData("silence Project_1 for 2h", "create latency > 1 in Project_1", "", true)]
    [InlineData("silence Project_1 for 2h", "create latency > 1 in Project_1,Project_2", "", false)]
    [InlineData("silence Project_1 for 2h", "create latency > 1 in Project_1,Project_2 by project", "project_id=Project_1", true)]
    [InlineData("silence Project_1 for 2h", "create latency > 1 in Project_1,Project_2 by project", "project_id=Project_2", false)]
    [InlineData("silence Project_1 where server_id = Server_9 for 2h", "create latency > 1 in Project_1", "", false)]
    [InlineData("silence Project_1 where server_id = Server_9 for 2h", "create latency > 1 in Project_1 where server_id = Server_9", "", true)]
    [InlineData("silence Project_1 where server_id = Server_9 for 2h", "create latency > 1 in Project_1 by server, platform", "server_id=Server_9,platform=web", true)]
    [InlineData("silence Project_1 where server_id = Server_9 for 2h", "create latency > 1 in Project_1 by server, platform", "server_id=Server_8,platform=web", false)]
    [InlineData("silence all where platform = web for 2h", "create latency > 1 where platform = web by server", "server_id=Server_8", true)]
    [InlineData("silence all severity warning for 2h", "create latency > 1 severity critical", "", false)]
    [InlineData("silence all severity critical for 2h", "create latency > 1 severity critical", "", true)]
    public void Covers_the_rules_and_groups_that_it_matches(string silence, string rule, string group, bool isCovered)
    {
        var alert = ((AlertCommand.Create)AlertGrammar.Parse(rule, Defaults)).Rule;

        Assert.Equal(isCovered, Parse(silence).Covers(alert, group, Now.AddMinutes(1)));
        Assert.False(Parse(silence).Covers(alert, group, Now.AddHours(2)));
    }

    [Fact]
    public void A_mute_covers_one_rule()
    {
        var rule = ((AlertCommand.Create)AlertGrammar.Parse("create latency > 1", Defaults)).Rule with { Id = Guid.NewGuid() };
        var mute = new Silence { AlertId = rule.Id, StartsAt = Now, EndsAt = Now.AddHours(1) };

        Assert.True(mute.Covers(rule, "", Now));
        Assert.False(mute.Covers(rule with { Id = Guid.NewGuid() }, "", Now));
        Assert.False(mute.Covers(rule, "", Now.AddHours(1)));
    }

    private static Silence Parse(string text) => ((AlertCommand.Hold)AlertGrammar.Parse(text, Defaults)).Silence;

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text);
}
