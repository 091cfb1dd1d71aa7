using SreBot.Investigations;

namespace SreBot.Tests.Investigations;

public sealed class UsualRangeTests
{
    private static readonly double[] Past = [10, 11, 9, 10, 12, 10, 8, 11, 9, 10];

    [Fact]
    public void Lies_three_robust_deviations_either_side_of_the_middle()
    {
        var range = UsualRange.Of(Past, "ms")!;

        Assert.Equal((10, 1.4826), (range.Middle, range.Deviation));
        Assert.Equal((10 - (3 * 1.4826), 10 + (3 * 1.4826)), (range.Low, range.High));
    }

    [Fact]
    public void Is_not_widened_by_a_spike_in_the_past() => Assert.InRange(UsualRange.Of([.. Past, 5_000], "ms")!.High, 10, 16);

    [Fact]
    public void Counts_the_rare_values_when_most_are_alike() => Assert.InRange(UsualRange.Of([0, 0, 0, 0, 0, 0, 0, 0, 0, 1], "%")!.High, 0.3, 1);

    [Theory]
    [InlineData("%", 0, 100)]
    [InlineData("ms", 0, 150)]
    public void Stays_where_values_can_be(string unit, double low, double high)
    {
        var range = UsualRange.Of([0, 100, 10, 90, 50, 20, 80, 60], unit)!;

        Assert.Equal(low, range.Low);
        Assert.InRange(range.High, 100, high == 100 ? 100 : 300);
    }

    [Fact]
    public void Is_not_told_from_too_little_past() => Assert.Null(UsualRange.Of(Past[..7], "ms"));
}
