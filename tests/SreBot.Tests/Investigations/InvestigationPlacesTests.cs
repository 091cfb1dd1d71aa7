using SreBot.Investigations;

namespace SreBot.Tests.Investigations;

public sealed class InvestigationPlacesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_run_and_the_third_waits_for_an_end()
    {
        var places = new InvestigationPlaces();
        await places.TakeAsync(Cancel);
        Assert.False(places.AreTaken);
        await places.TakeAsync(Cancel);
        Assert.True(places.AreTaken);
        var third = places.TakeAsync(Cancel);
        Assert.False(third.IsCompleted);

        places.Leave();
        await third;

        Assert.True(places.AreTaken);
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_no_place()
    {
        var places = new InvestigationPlaces();
        await places.TakeAsync(Cancel);
        await places.TakeAsync(Cancel);
        using var impatient = new CancellationTokenSource();
        var third = places.TakeAsync(impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);

        places.Leave();

        Assert.False(places.AreTaken);
    }
}
