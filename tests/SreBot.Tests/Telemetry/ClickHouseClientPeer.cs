using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace SreBot.Tests.Telemetry;

/// <summary>Scripts in <c>peer/</c> run by node with the official <c>@clickhouse/client</c>.</summary>
internal static class ClickHouseClientPeer
{
    private static readonly SemaphoreSlim Restoring = new(1);

    /// <summary>What the script printed, a line each.</summary>
    public static async Task<string[]> RunAsync(string script, params string[] arguments)
    {
        await RestoreAsync();
        return (await StartAsync("node", [script, .. arguments])).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static async Task RestoreAsync()
    {
        await Restoring.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!Directory.Exists(Path.Combine(Folder(), "node_modules", "@clickhouse", "client")))
                await StartAsync("npm", ["ci", "--no-fund", "--no-audit"]);
        }
        finally
        {
            Restoring.Release();
        }
    }

    private static async Task<string> StartAsync(string program, IEnumerable<string> arguments)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder(), RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
        await process.WaitForExitAsync(cancel);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await errors}");
        return await output;
    }

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "peer");
}
