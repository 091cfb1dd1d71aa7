using SreBot.Rca;

namespace SreBot.Tests.Rca;

public sealed class WelchTests
{
    /// <summary>Two-sided quantiles: t with so many degrees of freedom against the normal distribution (R's qt and qnorm).</summary>
    [Theory]
    [InlineData(5, 4.0321, 2.5758)]
    [InlineData(8, 3.3554, 2.5758)]
    [InlineData(8, 5.0413, 3.2905)]
    [InlineData(30, 2.7500, 2.5758)]
    [InlineData(100, 3.3905, 3.2905)]
    public void Is_as_surprising_as_t_is(int freedom, double t, double z)
    {
        // All the variance on one side, so that its values alone count.
        Assert.Equal(z, Welch.Z(t, 0, 1000, 1, freedom + 1), 0.02);
        Assert.Equal(-z, Welch.Z(-t, 1, freedom + 1, 0, 1000), 0.02);
    }

    [Fact]
    public void Is_the_normal_test_for_many_values() => Assert.Equal(4, Welch.Z(4, 0.5, 1_000_000, 0.5, 1_000_000), 0.001);

    [Fact]
    public void Tells_nothing_where_nothing_varies() => Assert.True(double.IsNaN(Welch.Z(4, 0, 10, 0, 10)));
}
