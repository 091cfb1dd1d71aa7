using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;
using SreBot.Model;

namespace SreBot.Embedded;

/// <summary>A private PostgreSQL server in a folder of its own, started again whenever it ends by itself, and stopped with SreBot, however that ends.</summary>
internal sealed partial class EmbeddedPostgres : IAsyncDisposable
{
    private const int SocketPathBytes = 100; // macOS takes 103, Linux 107
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2); // recovery after a crash may read much

    private readonly PostgresCluster cluster;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly int port;
    private readonly bool hasSocket;
    private Process? server;
    private Process? watchdog;
    private Task supervision = Task.CompletedTask;

    private EmbeddedPostgres(PostgresCluster cluster, TimeProvider time, ILogger logger)
    {
        this.cluster = cluster;
        this.time = time;
        this.logger = logger;
        hasSocket = Encoding.UTF8.GetByteCount(Path.Combine(cluster.SocketFolder, ".s.PGSQL.5432")) <= SocketPathBytes;
        port = hasSocket ? 5432 : FreePort();
    }

    /// <summary>After the server was started again: pooled connections are broken, and a data source should be cleared.</summary>
    public event Action? Restarted;

    /// <summary>Of the role that serves: no superuser, no BYPASSRLS; member of the roles of the tables' policies.</summary>
    public string ConnectionString => Connect(PostgresCluster.ServingRole, cluster.Secrets.Password, pooling: true);

    /// <summary>Of the role that owns database and tables, for the migrations: it is in none of the policies' roles.</summary>
    public string MigrationConnectionString => Connect(PostgresCluster.OwnerRole, cluster.Secrets.OwnerPassword, pooling: false);

    /// <summary>The process id of the server as it runs now; null while it is being started again.</summary>
    public int? ProcessId => server is { HasExited: false } running ? running.Id : null;

    /// <param name="folder">Made when it is not there; this server's alone.</param>
    /// <exception cref="SreException">Unavailable, when the engine is not bundled or does not start.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(string folder, EnginePaths paths, TimeProvider time, ILogger logger, CancellationToken cancel)
    {
        var cluster = await PostgresCluster.OpenAsync(Path.GetFullPath(folder), paths.RequirePostgres(), time, cancel);
        var postgres = new EmbeddedPostgres(cluster, time, logger);
        try
        {
            await postgres.LaunchAsync(cancel);
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }

        postgres.supervision = postgres.SuperviseAsync();
        return postgres;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await supervision;
        await PostgresProcesses.StopAsync(cluster.Secrets.Name, time, CancellationToken.None);
        EndWatchdog();
        if (server is not null)
        {
            await server.WaitForExitAsync(CancellationToken.None); // it has ended; this collects it
            server.Dispose();
        }

        stopping.Dispose();
    }

    private async Task SuperviseAsync()
    {
        try
        {
            while (true)
            {
                await server!.WaitForExitAsync(stopping.Token);
                LogEnded(server.ExitCode);
                await RelaunchAsync();
                Restarted?.Invoke();
                LogRestarted();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // SreBot stops, and stops the server next.
        }
    }

    private async Task RelaunchAsync()
    {
        while (true)
        {
            try
            {
                await LaunchAsync(stopping.Token);
                return;
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogRestartFailed(error);
                await Task.Delay(RetryDelay, time, stopping.Token);
            }
        }
    }

    /// <summary>Starts the server and waits until it takes connections.</summary>
    private async Task LaunchAsync(CancellationToken cancel)
    {
        EndWatchdog();
        server?.Dispose();

        await PostgresProcesses.StopAsync(cluster.Secrets.Name, time, cancel);
        cluster.DeleteLeftovers();
        RotateLog();
        server = ChildProcess.Start(ChildProcess.Describe(ServerCommand()));
        StartWatchdog(server.Id);
        var start = time.GetTimestamp();
        while (!IsReady(server.Id))
        {
            if (server.HasExited || time.GetElapsedTime(start) > StartPatience)
            {
                throw new SreException(SreErrorKind.Unavailable, $"The bundled PostgreSQL did not start: {LastProblem()} Its log is {cluster.LogFile}.");
            }

            await Task.Delay(Poll, time, cancel);
        }
    }

    // The shell puts the output into the log; the session of its own keeps a terminal's Ctrl-C for SreBot, which needs the server until it has stopped.
    private IReadOnlyList<string> ServerCommand() =>
    [
        "sh", "-c", "umask 077; exec \"$@\" </dev/null >>\"$0\" 2>&1", cluster.LogFile,
        .. NewSession,
        .. cluster.Command("postgres", [
            "-D", cluster.DataFolder,
            "-c", $"cluster_name={cluster.Secrets.Name}",
            "-c", $"port={port}",
            "-c", $"listen_addresses={(hasSocket ? "" : "127.0.0.1")}",
            "-c", $"unix_socket_directories={(hasSocket ? cluster.SocketFolder : "")}",
            "-c", "unix_socket_permissions=0700",
            "-c", "shared_buffers=64MB",
            "-c", "max_connections=100",
            "-c", "max_wal_size=256MB",
            "-c", "wal_level=minimal",
            "-c", "max_wal_senders=0",
            "-c", "io_method=sync",
            "-c", "timezone=UTC",
            "-c", "log_timezone=UTC",
            "-c", "log_min_messages=warning",
            "-c", "log_checkpoints=off",
            "-c", "log_min_error_statement=panic", // no statement, and so no person's text, in the log
        ]),
    ];

    private static IReadOnlyList<string> NewSession => OperatingSystem.IsMacOS() ? ["perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or die"] : ["setsid"];

    /// <summary>Its input ends when SreBot does, by kill -9 too; then it stops the server.</summary>
    private void StartWatchdog(int serverId)
    {
        var start = ChildProcess.Describe([.. NewSession, "sh", "-c", "exec >/dev/null 2>&1; read -r nothing; kill -INT \"$0\"", $"{serverId}"]);
        start.RedirectStandardInput = true;
        watchdog = ChildProcess.Start(start);
    }

    private void EndWatchdog()
    {
        watchdog?.Kill();
        watchdog?.Dispose();
        watchdog = null;
    }

    /// <summary>The eighth line of the server's own file says so, once it takes connections.</summary>
    private bool IsReady(int serverId)
    {
        try
        {
            var lines = File.ReadAllLines(cluster.ProcessFile);
            return lines.Length >= 8 && lines[0] == $"{serverId}" && lines[7].StartsWith("ready", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void RotateLog()
    {
        const long largeBytes = 4 * 1024 * 1024;
        var log = new FileInfo(cluster.LogFile);
        if (log.Exists && log.Length > largeBytes)
        {
            log.MoveTo(cluster.LogFile + ".1", overwrite: true);
        }
    }

    private string LastProblem() =>
        File.Exists(cluster.LogFile) && File.ReadLines(cluster.LogFile).TakeLast(20).LastOrDefault(line => line.Contains("FATAL:", StringComparison.Ordinal)) is { } line
            ? line[line.IndexOf("FATAL:", StringComparison.Ordinal)..] + "."
            : "it gave no reason.";

    private string Connect(string role, string password, bool pooling) => new NpgsqlConnectionStringBuilder
    {
        Host = hasSocket ? cluster.SocketFolder : "127.0.0.1",
        Port = port,
        Database = PostgresCluster.Database,
        Username = role,
        Password = password,
        Pooling = pooling,
        MaxPoolSize = 80,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
        IncludeErrorDetail = false,
        ApplicationName = "SreBot",
    }.ConnectionString;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [LoggerMessage(LogLevel.Error, "The bundled PostgreSQL ended by itself with exit code {ExitCode}; it is started again")]
    private partial void LogEnded(int exitCode);

    [LoggerMessage(LogLevel.Warning, "The bundled PostgreSQL is serving again")]
    private partial void LogRestarted();

    [LoggerMessage(LogLevel.Error, "The bundled PostgreSQL did not start again; the next try is in a second")]
    private partial void LogRestartFailed(Exception error);
}
