using System.Text;
using SreBot.Model;

namespace SreBot.Embedded;

/// <summary>The processes of one private server, known by its name; those of an earlier SreBot that was killed among them.</summary>
internal static class PostgresProcesses
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <param name="IsServer">The one that the signals of PostgreSQL's shutdown go to; the others are its workers, or workers that outlived it.</param>
    private sealed record Found(int Id, bool IsServer);

    /// <summary>Ends all of them: the server politely, then firmly, then everything. Nothing committed is lost in any case.</summary>
    /// <exception cref="SreException">Unavailable, when they do not end.</exception>
    public static async Task StopAsync(string name, TimeProvider time, CancellationToken cancel)
    {
        // Fast shutdown writes a checkpoint; immediate shutdown leaves that work to recovery at the next start.
        if (await SignalAsync(name, Libc.Interrupt, TimeSpan.FromSeconds(1.5), time, cancel)
            || await SignalAsync(name, Libc.Quit, TimeSpan.FromSeconds(0.5), time, cancel)
            || await SignalAsync(name, Libc.Kill, TimeSpan.FromSeconds(10), time, cancel))
        {
            return;
        }

        throw new SreException(SreErrorKind.Unavailable, "The PostgreSQL processes of an earlier start do not end; end them and start SreBot again.");
    }

    /// <summary>True when none is left.</summary>
    private static async Task<bool> SignalAsync(string name, int signal, TimeSpan patience, TimeProvider time, CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        var found = await FindAsync(name, cancel);
        foreach (var process in found.Where(process => process.IsServer || signal == Libc.Kill))
        {
            Libc.Signal(process.Id, signal);
        }

        while (found.Count > 0 && time.GetElapsedTime(start) < patience)
        {
            await Task.Delay(Poll, time, cancel);
            found = await FindAsync(name, cancel);
        }

        return found.Count == 0;
    }

    private static async Task<IReadOnlyList<Found>> FindAsync(string name, CancellationToken cancel) =>
        [.. (OperatingSystem.IsLinux() ? FromProc() : await FromPsAsync(cancel))
            .Where(process => process.CommandLine.Contains(name, StringComparison.Ordinal))
            .Select(process => new Found(process.Id, process.CommandLine.Contains($"cluster_name={name}", StringComparison.Ordinal)))];

    private static IEnumerable<(int Id, string CommandLine)> FromProc()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var id))
            {
                yield return (id, CommandLine(folder));
            }
        }
    }

    private static string CommandLine(string folder)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(folder, "cmdline")));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ""; // it ended meanwhile
        }
    }

    private static async Task<IEnumerable<(int Id, string CommandLine)>> FromPsAsync(CancellationToken cancel)
    {
        var (_, output) = await ChildProcess.RunAsync(["ps", "-axwwo", "pid=,args="], "", cancel);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => (int.Parse(line.Split(' ')[0]), line));
    }
}
