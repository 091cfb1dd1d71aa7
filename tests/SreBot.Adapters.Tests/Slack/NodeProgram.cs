using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>A script that node runs, as a child process.</summary>
internal sealed class NodeProgram(Process process) : IAsyncDisposable
{
    /// <summary>Programs from outside the repository that speak Slack's side: <c>SREBOT_PEERS</c> names the folder that holds <c>slack/</c>.</summary>
    public static string? Outside(string script) => Environment.GetEnvironmentVariable("SREBOT_PEERS") is { Length: > 0 } folder && Path.Combine(folder, "slack", script) is var file && File.Exists(file) ? file : null;

    /// <summary>Waits for the first line that it prints.</summary>
    public static async Task<NodeProgram> StartAsync(string script, params string[] arguments)
    {
        var process = Launch(script, arguments, null);
        if (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is null)
            throw new InvalidOperationException($"{script} did not start.");
        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None); // keeps the pipe from filling
        return new(process);
    }

    public static async Task<(int ExitCode, string Output)> RunAsync(string script, string[] arguments, string? input = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = Launch(script, arguments, environment);
        if (input is not null)
            await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static Process Launch(string script, string[] arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo("node", [script, .. arguments]) { WorkingDirectory = Path.GetDirectoryName(script), RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
