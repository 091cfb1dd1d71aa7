using SreBot.Rca;

namespace SreBot.Tests.Rca;

public sealed class ChangeScanTests
{
    [Fact]
    public void Finds_the_stretch_that_differs()
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, 120).Select(minute => (minute is >= 70 and < 85 ? 20 : 10) + random.NextDouble()).ToList();

        var found = ChangeScan.Find(values, 0.1);

        Assert.Equal((70, 85), (found!.Start, found.End));
    }

    [Fact]
    public void Finds_nothing_in_noise()
    {
        var found = Enumerable.Range(0, 20).Select(seed => new Random(seed)).Select(random => ChangeScan.Find([.. Enumerable.Range(0, 120).Select(_ => 10 + random.NextDouble())], 0.1));

        Assert.All(found, Assert.Null);
    }

    [Fact]
    public void Finds_nothing_in_a_series_that_is_too_short() => Assert.Null(ChangeScan.Find([1, 1, 1, 9, 9, 9], 0.1));
}
