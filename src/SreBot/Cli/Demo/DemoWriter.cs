using SreBot.Cli.Seeding;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Cli.Demo;

/// <summary>Brings the demo's telemetry up to a moment. A batch is noted before it is written, so one that a stop cut short is written again, the same rows under the same token.</summary>
internal sealed class DemoWriter(DemoStore store, ITelemetryStore telemetry) : IDisposable
{
    private static readonly TimeSpan LongestGap = TimeSpan.FromHours(24);

    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Writes what arrived up to <paramref name="now"/>, after a stop the last 24 hours of it at most.</summary>
    /// <param name="next">The story from then on, given what it is and the moment written to; null: it stays.</param>
    /// <returns>False: there is no demo.</returns>
    public async Task<bool> CatchUpAsync(DateTimeOffset now, Func<DemoStory, DateTimeOffset, DemoStory>? next, CancellationToken cancel)
    {
        using var mine = await EnterAsync(cancel);
        if (await store.LoadAsync(cancel) is not { } place)
            return false;
        if (place.WritingTo is not null)
            place = await WriteAsync(place, cancel);
        now = now.Floor(TimeSpan.FromMilliseconds(1));
        if (place.WrittenTo >= place.Story.Made && place.WrittenTo < now - LongestGap)
            place = place with { WrittenTo = (now - LongestGap).Floor(TimeSpan.FromMinutes(1)) };
        foreach (var batch in Seeder.Batches(new TimeWindow(place.WrittenTo, now), place.Story.Plan.Settings))
        {
            place = place with { WritingTo = batch.To };
            await store.SaveAsync(place, cancel);
            place = await WriteAsync(place, cancel);
        }

        if (next?.Invoke(place.Story, place.WrittenTo) is { } story && story != place.Story)
            await store.SaveStoryAsync(place with { Story = story }, cancel);
        return true;
    }

    /// <summary>Nothing is written until the result is disposed.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        return new Turn(turn);
    }

    public void Dispose() => turn.Dispose();

    private async Task<DemoPlace> WriteAsync(DemoPlace place, CancellationToken cancel)
    {
        var plan = place.Story.Plan;
        await Seeder.WriteBatchAsync(telemetry, DemoStore.Database, plan, new SeedGenerator(plan), new TimeWindow(place.WrittenTo, place.WritingTo!.Value), "demo", cancel);
        var written = place with { WrittenTo = place.WritingTo.Value, WritingTo = null };
        await store.SaveAsync(written, cancel);
        return written;
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
