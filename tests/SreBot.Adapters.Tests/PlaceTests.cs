namespace SreBot.Adapters.Tests;

public sealed class PlaceTests
{
    [Fact]
    public void Builds() => Assert.NotNull(typeof(PlaceTests).Assembly);
}
