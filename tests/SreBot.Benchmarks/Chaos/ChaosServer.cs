using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SreBot.Embedded;

namespace SreBot.Benchmarks.Chaos;

/// <summary>SreBot as a process of its own that is killed and started again on the same folder and address.</summary>
internal sealed class ChaosServer : IAsyncDisposable
{
    private const string TokenLine = "Admin token, shown this once: ";
    private const string ReadyLine = "SreBot is ready: ";

    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2);
    private readonly string dataFolder;
    private readonly string log;
    private readonly IReadOnlyDictionary<string, string> settings;
    private readonly ConcurrentQueue<string> lines = new();
    private Process? process;
    private TaskCompletionSource<bool> ready = new();

    /// <param name="log">The file that takes what it writes.</param>
    public ChaosServer(string dataFolder, string log, IReadOnlyDictionary<string, string> settings)
    {
        (this.dataFolder, this.log, this.settings) = (dataFolder, log, settings);
        Address = new Uri($"http://127.0.0.1:{FreePort()}/");
    }

    public Uri Address { get; }

    /// <summary>Said at the first start alone.</summary>
    public string? AdminToken { get; private set; }

    public bool IsFrozen { get; private set; }

    public string DataFolder => dataFolder;

    /// <summary>Begins a start.</summary>
    public void Launch()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "SreBot.dll"), "--data", dataFolder, "--urls", Address.ToString()]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        ready = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = ready;
        process = Process.Start(start)!;
        IsFrozen = false;
        process.OutputDataReceived += (_, line) => Heard(line.Data, waiting);
        process.ErrorDataReceived += (_, line) => Write(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>False: it ended before it was ready.</summary>
    public async Task<bool> WaitReadyAsync() => await ready.Task.WaitAsync(StartPatience, TimeProvider.System);

    public async Task StartAsync()
    {
        Launch();
        if (!await WaitReadyAsync())
            throw new InvalidOperationException($"SreBot did not start; see {log}.");
    }

    /// <summary>As a power cut does: it gets no word.</summary>
    public async Task KillAsync()
    {
        var running = process!;
        running.Kill();
        await running.WaitForExitAsync();
        Write("-- killed --");
    }

    /// <summary>It stands still, holding all that it holds, until <see cref="Thaw"/>.</summary>
    public void Freeze() => IsFrozen = Libc.Signal(process!.Id, OperatingSystem.IsMacOS() ? 17 : 19);

    public void Thaw()
    {
        Libc.Signal(process!.Id, OperatingSystem.IsMacOS() ? 19 : 18);
        IsFrozen = false;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            Thaw();
            Libc.Signal(process.Id, 15);
        }

        if (process is not null)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await process.WaitForExitAsync(patience.Token); // until its last words are read, too
            process.Dispose();
        }

        Flush();
    }

    private void Heard(string? line, TaskCompletionSource<bool> waiting)
    {
        Write(line);
        if (line is null)
            waiting.TrySetResult(false);
        else if (line.StartsWith(TokenLine, StringComparison.Ordinal))
            AdminToken = line[TokenLine.Length..];
        else if (line.StartsWith(ReadyLine, StringComparison.Ordinal))
            waiting.TrySetResult(true);
    }

    private void Write(string? line)
    {
        if (line is not null && !line.StartsWith(TokenLine, StringComparison.Ordinal))
            lines.Enqueue($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {line}");
        if (lines.Count > 100)
            Flush();
    }

    private void Flush()
    {
        lock (lines)
        {
            using var file = File.AppendText(log);
            while (lines.TryDequeue(out var line))
            {
                file.WriteLine(line);
            }
        }
    }

    /// <summary>Below the ports that the system gives to clients, one of whom might have it while SreBot is down.</summary>
    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // It is taken; another may be free.
            }
        }
    }
}
