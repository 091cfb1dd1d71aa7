using SreBot.Adapters.Chat;
using SreBot.Investigations;
using SreBot.Model;

namespace SreBot.Tests.Investigations;

public sealed class ChangesBesideTests
{
    private static readonly DateTimeOffset Onset = new(2026, 3, 1, 14, 6, 0, TimeSpan.Zero);

    [Fact]
    public void Lays_the_nearest_change_before_beside_the_change_point() => Assert.Equal(
        ["The change began at 2026-03-01 14:06 UTC, 2 minutes after the deploy of checkout v42 (14:04 UTC, by Ana), and has not ended."],
        Say(Change("checkout", Onset.AddSeconds(-80))));

    [Fact]
    public void Orders_changes_by_their_distance_and_says_which_came_too_late_to_be_the_cause() => Assert.Equal(
        [
            "The change began at 2026-03-01 14:06 UTC, 3 minutes after the deploy of checkout v42 (14:03 UTC, by Ana), and has not ended.",
            "The deploy of cart v42 (14:08 UTC, by Ana) was 2 minutes after its first minute, which is as near as minutes tell.",
            "The deploy of search v42 (14:16 UTC, by Ana) was 10 minutes after it began, so it cannot be its cause.",
            "The deploy of login v42 (13:26 UTC, by Ana) was 40 minutes before it began.",
        ],
        Say(Change("login", Onset.AddMinutes(-40)), Change("search", Onset.AddMinutes(10)), Change("cart", Onset.AddMinutes(2)), Change("checkout", Onset.AddMinutes(-3)), Change("far", Onset.AddMinutes(-50))));

    [Fact]
    public void Does_not_lay_a_change_of_an_hour_before_beside_it() => Assert.Equal(
        ["The change began at 2026-03-01 14:06 UTC and has not ended.", "The deploy of checkout v42 (13:10 UTC, by Ana) was 56 minutes before it began."],
        Say(Change("checkout", Onset.AddMinutes(-56))));

    [Fact]
    public void Names_the_day_of_a_change_before_midnight_and_what_its_title_adds()
    {
        var onset = new DateTimeOffset(2026, 3, 2, 0, 1, 0, TimeSpan.Zero);
        var change = Change("checkout", onset.AddMinutes(-2)) with { Title = "Roll back checkout", Who = "" };

        var sentence = Assert.Single(ChangesBeside.Sentences(onset, "has not ended", [change]));

        Assert.Equal("The change began at 2026-03-02 00:01 UTC, 2 minutes after the deploy of checkout v42 (Roll back checkout, 2026-03-01 23:59 UTC), and has not ended.", sentence.ToString());
    }

    [Fact]
    public void Links_to_where_the_change_is_written()
    {
        var change = Change("checkout", Onset) with { Link = "https://ci.example/1" };

        var sentence = Assert.Single(ChangesBeside.Sentences(Onset, "has not ended", [change]));

        Assert.Contains(ReplyRun.Link("deploy of checkout v42", "https://ci.example/1"), sentence.Runs);
        Assert.Contains("in the minute of the deploy of checkout v42", sentence.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Assert.Single(ChangesBeside.Sentences(Onset, "", [change with { Link = "javascript:alert(1)" }])).Runs, run => run.Url is not null);
    }

    [Fact]
    public void Tells_the_newest_changes_when_no_change_point_stands_out() =>
        Assert.Equal(["Recorded in that time: the deploy of b v42 (2026-03-01 14:06 UTC, by Ana).", "Recorded in that time: the deploy of a v42 (2026-03-01 14:05 UTC, by Ana)."],
            ChangesBeside.Sentences(null, "", [Change("a", Onset.AddMinutes(-1)), Change("b", Onset)]).Select(text => text.ToString()));

    private static IEnumerable<string> Say(params ChangeFacts[] changes) => ChangesBeside.Sentences(Onset, "has not ended", changes).Select(text => text.ToString());

    private static ChangeFacts Change(string service, DateTimeOffset at) => new(at, "deploy", service, "v42", $"Deploy {service} v42", "Ana", "");
}
