using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace SreBot.Tests.Fixtures;

/// <summary>A line to PostgreSQL that breaks, when it is told to, just after the server has committed and before the client hears of it.</summary>
internal sealed class CommitCutter : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly NpgsqlConnectionStringBuilder server;
    private readonly Task accepting;
    private int commitsUntilCut = -1;

    public CommitCutter(string connectionString)
    {
        server = new NpgsqlConnectionStringBuilder(connectionString);
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>The same database through this line.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(server.ConnectionString)
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)listener.LocalEndpoint).Port,
        SslMode = SslMode.Disable,
    }.ConnectionString;

    public int Cuts { get; private set; }

    /// <summary>Cuts the line at that commit from now on, 1 being the next.</summary>
    public void CutAtCommit(int number) => commitsUntilCut = number;

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                _ = CarryAsync(client);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var near = client;
        using var far = server.Host!.StartsWith('/') ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        await far.ConnectAsync(server.Host!.StartsWith('/') ? new UnixDomainSocketEndPoint($"{server.Host}/.s.PGSQL.{server.Port}") : new IPEndPoint(IPAddress.Loopback, server.Port), stop.Token);
        await using var up = near.GetStream();
        await using var down = new NetworkStream(far);
        var isCut = false;
        var back = Task.Run(async () =>
        {
            var answer = new byte[65536];
            int read;
            while ((read = await down.ReadAsync(answer, stop.Token)) > 0)
            {
                if (isCut)
                {
                    Cuts++;
                    near.Close(); // the server has answered, so it has committed
                    return;
                }

                await up.WriteAsync(answer.AsMemory(0, read), stop.Token);
            }
        });
        try
        {
            var asked = new byte[65536];
            int read;
            while ((read = await up.ReadAsync(asked, stop.Token)) > 0)
            {
                if (commitsUntilCut > 0 && asked.AsSpan(0, read).IndexOf("COMMIT"u8) >= 0 && Interlocked.Decrement(ref commitsUntilCut) == 0)
                {
                    isCut = true;
                }

                await down.WriteAsync(asked.AsMemory(0, read), stop.Token);
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException or SocketException)
        {
            // One end is gone.
        }

        far.Close();
        await back.ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }
}
