using SreBot.Model;

namespace SreBot.Tests.Model;

public sealed class UtcTimeTests
{
    [Theory]
    [InlineData("2023-08-01 13:05:06.123456789", "2023-08-01T13:05:06.1234567+00:00")]
    [InlineData("2023-08-01T13:05:06Z", "2023-08-01T13:05:06.0000000+00:00")]
    [InlineData("2023-08-01T15:05:06.5+02:00", "2023-08-01T13:05:06.5000000+00:00")]
    [InlineData("2023-08-01 13:05 UTC", "2023-08-01T13:05:00.0000000+00:00")]
    [InlineData("2023-08-01", "2023-08-01T00:00:00.0000000+00:00")]
    [InlineData(" 2023-08-01 ", "2023-08-01T00:00:00.0000000+00:00")]
    public void Reads_times_as_they_are_written(string text, string expected)
    {
        Assert.True(UtcTime.TryParse(text, out var at));
        Assert.Equal(expected, at.ToString("O"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("08/01/2023")]
    [InlineData("2023-13-01")]
    [InlineData("2023-08-01 25:00:00")]
    [InlineData("2023-08-01 13")]
    [InlineData("2023-08-01 13:0512")]
    [InlineData("2023-08-01 13:05:06.1234567890")]
    [InlineData("1690848000")]
    public void Refuses_what_is_no_time(string text) => Assert.False(UtcTime.TryParse(text, out _));
}
