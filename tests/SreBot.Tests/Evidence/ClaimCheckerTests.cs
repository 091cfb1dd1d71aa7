using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Tests.Evidence;

public sealed class ClaimCheckerTests
{
    private static readonly ClaimChecker Checker = new(
        [new RecordedStep(1, "q", "sql", new Dictionary<string, string>(), default, new StepTable(["entity", "value", "at"], [["Server_9", 123.456, new DateTimeOffset(2026, 3, 1, 10, 30, 0, TimeSpan.Zero)], ["POST /pay", 7L, null], ["others", 2.04, null], ["part", 49.2, null]]))],
        ["p95 latency of Server_9 in eu-west-1: 18.2 ms, 3.1% failed"]);

    [Theory]
    [InlineData("Server_9 took 123.456 ms.")]
    [InlineData("It took about 123 ms, or 123.5 to be exact.")]
    [InlineData("The p95 in eu-west-1 was 18.2ms and 3.1 % failed.")]
    [InlineData("It began at 10:30 on 2026-03-01.")]
    [InlineData("1. Look at Server_9.")]
    [InlineData("Seven calls of `POST /pay` failed: restart and/or roll back.")]
    [InlineData("Nothing stands out.")]
    [InlineData("It doubled.")]
    [InlineData("It took twice as long, for half of them.")]
    [InlineData("Look at that one first, a second later, and double-check it.")]
    [InlineData("Forty-nine percent failed.")]
    [InlineData("Hundreds of milliseconds.")]
    public void Lets_through_what_was_recorded(string sentence) => Assert.Equal(sentence, Checker.Check(sentence));

    [Theory]
    [InlineData("It took 124 ms.")]
    [InlineData("It took 123.4 ms.")]
    [InlineData("It took 1,234 ms.")]
    [InlineData("Server_8 took 123 ms.")]
    [InlineData("It runs v42.")]
    [InlineData("It is in eu-west-2.")]
    [InlineData("It began at 10:31.")]
    [InlineData("It began on 2026-03-02.")]
    [InlineData("Calls of `GET /admin` failed.")]
    [InlineData("See /admin/delete for more.")]
    [InlineData("See https://evil.example for more.")]
    [InlineData("Hey <!channel> look.")]
    [InlineData("Hey @everyone look.")]
    [InlineData("A 12x slowdown.")]
    [InlineData("Three servers failed.")]
    [InlineData("It quadrupled.")]
    [InlineData("A dozen users complained.")]
    [InlineData("Twenty-five calls failed.")]
    [InlineData("A third of them failed.")]
    [InlineData("Thousands of users were hit.")]
    [InlineData("A tenfold rise.")]
    [InlineData("Two thousand three hundred requests were lost.")]
    [InlineData("There were zero errors.")]
    public void Strikes_what_was_not(string sentence) => Assert.Equal("", Checker.Check(sentence));

    [Fact]
    public void Strikes_the_sentence_and_leaves_the_others() =>
        Assert.Equal("Server_9 is slow. Restart it.", Checker.Check("Server_9 is slow. It failed 4,711 times. Restart it."));
}
