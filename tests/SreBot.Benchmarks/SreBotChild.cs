using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace SreBot.Benchmarks;

/// <summary>SreBot as a process of its own on a fresh data folder, so that its memory and its time can be told from the benchmark's.</summary>
internal sealed class SreBotChild : IAsyncDisposable
{
    private readonly string folder;
    private readonly Process process;

    private SreBotChild(string folder, Process process)
    {
        this.folder = folder;
        this.process = process;
    }

    public HttpClient Http { get; } = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) }) { Timeout = TimeSpan.FromMinutes(5) };

    /// <summary>Time on all cores since its start.</summary>
    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public static async Task<SreBotChild> StartAsync(bool hasDemo, IReadOnlyDictionary<string, string>? settings = null)
    {
        var folder = Directory.CreateTempSubdirectory("srebot-benchmark-").FullName;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "SreBot.dll"), "--data", folder, "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            Environment = { ["Demo__Enabled"] = hasDemo ? "true" : "false" },
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        var child = new SreBotChild(folder, Process.Start(start)!);
        await child.ReadyAsync();
        return child;
    }

    /// <summary>In MB: now, and the most since <see cref="ForgetPeak"/>.</summary>
    public (double Now, double Peak) Memory() => Memory(process.Id);

    /// <summary>PostgreSQL's processes together, in MB; what they share is counted once a process.</summary>
    public double PostgresMemory() => Process.GetProcesses().Where(IsOwnPostgres).Sum(one => Memory(one.Id).Now);

    /// <summary>Linux: <c>proc(5)</c>, clear_refs.</summary>
    public void ForgetPeak() => File.WriteAllText($"/proc/{process.Id}/clear_refs", "5");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        using (var terminate = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await terminate.WaitForExitAsync();
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(patience.Token);
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task ReadyAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("Admin token, shown this once: ", StringComparison.Ordinal))
                Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", line["Admin token, shown this once: ".Length..]);

            if (line.StartsWith("SreBot is ready: ", StringComparison.Ordinal))
            {
                Http.BaseAddress = new Uri(line["SreBot is ready: ".Length..]);
                _ = process.StandardOutput.ReadToEndAsync(); // so that it never waits for a reader
                return;
            }
        }

        throw new InvalidOperationException("SreBot did not start.");
    }

    private bool IsOwnPostgres(Process one)
    {
        try
        {
            return one.ProcessName == "postgres" && (File.ReadAllText($"/proc/{one.Id}/cmdline").Contains(folder, StringComparison.Ordinal) || IsChildOfOwn(one.Id));
        }
        catch (IOException)
        {
            return false; // it has ended
        }
    }

    private bool IsChildOfOwn(int id)
    {
        var parent = Status(id, "PPid:");
        return parent > 1 && File.ReadAllText($"/proc/{parent}/cmdline").Contains(folder, StringComparison.Ordinal);
    }

    private static (double Now, double Peak) Memory(int id) => (Status(id, "VmRSS:") / 1024, Status(id, "VmHWM:") / 1024);

    private static double Status(int id, string name) =>
        File.ReadLines($"/proc/{id}/status").Where(line => line.StartsWith(name, StringComparison.Ordinal)).Select(line => double.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)).FirstOrDefault();
}
