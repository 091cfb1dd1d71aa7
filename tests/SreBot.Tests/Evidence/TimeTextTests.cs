using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Tests.Evidence;

public sealed class TimeTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, "2026-03-01T11:00Z", "2026-03-01T12:00Z")]
    [InlineData("last 2 hours", "2026-03-01T10:00Z", "2026-03-01T12:00Z")]
    [InlineData("the last 30 minutes", "2026-03-01T11:30Z", "2026-03-01T12:00Z")]
    [InlineData("past day", "2026-02-28T12:00Z", "2026-03-01T12:00Z")]
    [InlineData("since 14:00", "2026-02-28T14:00Z", "2026-03-01T12:00Z")]
    [InlineData("since 9:30", "2026-03-01T09:30Z", "2026-03-01T12:00Z")]
    [InlineData("since 2 hours ago", "2026-03-01T10:00Z", "2026-03-01T12:00Z")]
    [InlineData("yesterday", "2026-02-28T00:00Z", "2026-03-01T00:00Z")]
    [InlineData("today", "2026-03-01T00:00Z", "2026-03-01T12:00Z")]
    [InlineData("last night", "2026-02-28T22:00Z", "2026-03-01T06:00Z")]
    [InlineData("from 8:00 to 9:00", "2026-03-01T08:00Z", "2026-03-01T09:00Z")]
    [InlineData("2026-02-28T10:00Z to 2026-02-28T11:00Z", "2026-02-28T10:00Z", "2026-02-28T11:00Z")]
    [InlineData("2026-02-28T10:00:00Z/2026-02-28T11:00:00Z", "2026-02-28T10:00Z", "2026-02-28T11:00Z")]
    [InlineData("around 10am", "2026-03-01T09:30Z", "2026-03-01T10:30Z")]
    public void Reads_a_window(string? text, string from, string to) =>
        Assert.Equal(new TimeWindow(DateTimeOffset.Parse(from), DateTimeOffset.Parse(to)), TimeText.Parse(text, Now));

    [Theory]
    [InlineData("the day of the moon")]
    [InlineData("2026-03-02T10:00Z to 2026-03-02T11:00Z")]
    [InlineData("last 90 days")]
    [InlineData("99:99")]
    public void Refuses_what_is_no_window_of_the_past(string text) => Assert.Equal(SreErrorKind.Invalid, Assert.Throws<SreException>(() => TimeText.Parse(text, Now)).Kind);

    [Theory]
    [InlineData("p95 of Server_9 over the last 2 hours please", "the last 2 hours")]
    [InlineData("why was it slow yesterday?", "yesterday")]
    [InlineData("errors since 14:00", "since 14:00")]
    [InlineData("latency from 8:00 to 9:00 on web", "from 8:00 to 9:00")]
    [InlineData("which server is slow?", null)]
    public void Finds_the_time_in_a_sentence(string sentence, string? mention) => Assert.Equal(mention, TimeText.Mention(sentence));
}
