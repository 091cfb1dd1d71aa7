namespace SreBot.Adapters.Tests.Teams;

/// <summary>A clock that moves only when told.</summary>
internal sealed class FrozenTime(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset now = now;

    public void Advance(TimeSpan by) => now += by;

    public override DateTimeOffset GetUtcNow() => now;
}
