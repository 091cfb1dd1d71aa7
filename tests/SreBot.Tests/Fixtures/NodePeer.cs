using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace SreBot.Tests.Fixtures;

/// <summary>Scripts in the folder <c>peer/</c> beside a test, run by node with a package of npm that knows nothing of this project.</summary>
/// <param name="package">Restored when it is missing, with all that the folder's lock file names.</param>
internal sealed class NodePeer(string package, [CallerFilePath] string file = "")
{
    private static readonly SemaphoreSlim Restoring = new(1);

    private string Folder => Path.Combine(Path.GetDirectoryName(file)!, "peer");

    /// <summary>What the script printed, a line each.</summary>
    public async Task<string[]> RunAsync(string script, params string[] arguments)
    {
        await RestoreAsync();
        return (await EndAsync("node", [script, .. arguments])).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>Starts a script that serves; the first line that it prints is returned with it.</summary>
    public async Task<(Process Process, string Line)> StartAsync(string script, params string[] arguments)
    {
        await RestoreAsync();
        var process = Start("node", [script, .. arguments]);
        if (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is not { } line)
            throw new InvalidOperationException($"{script} did not start: {await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)}");

        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None); // keeps the pipes from filling
        _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
        return (process, line);
    }

    private async Task RestoreAsync()
    {
        await Restoring.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!Directory.Exists(Path.Combine([Folder, "node_modules", .. package.Split('/')])))
                await EndAsync("npm", ["ci", "--no-fund", "--no-audit"]);
        }
        finally
        {
            Restoring.Release();
        }
    }

    private async Task<string> EndAsync(string program, IEnumerable<string> arguments)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var process = Start(program, arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
        await process.WaitForExitAsync(cancel);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await errors}");
        return await output;
    }

    private Process Start(string program, IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
}
