namespace SreBot.Alerts.Evaluation;

/// <summary>Renews the leases while a tick is worked, until it is disposed.</summary>
internal sealed class AlertRenewal : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Task work;

    public AlertRenewal(AlertShardStore shards, string holder, TimeSpan lease, TimeProvider time) => work = RenewAsync(shards, holder, lease, time);

    private async Task RenewAsync(AlertShardStore shards, string holder, TimeSpan lease, TimeProvider time)
    {
        using var timer = new PeriodicTimer(lease / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                await shards.RenewAsync(holder, lease, stop.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or Model.SreException or Npgsql.NpgsqlException)
        {
            // Stopped, or PostgreSQL is away: then the commit finds out whether the lease was kept.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await work;
        stop.Dispose();
    }
}
