using System.ComponentModel;
using System.Diagnostics;
using SreBot.Model;

namespace SreBot.Embedded;

/// <summary>Starts the engines' programs: never through the caller's environment, which may hold variables that PostgreSQL obeys.</summary>
internal static class ChildProcess
{
    /// <summary>Runs to the end. The output is what it wrote to both streams.</summary>
    /// <param name="input">Given on standard input; secrets go there, never on the command line.</param>
    /// <exception cref="SreException">Unavailable, when the program is not there.</exception>
    public static async Task<(int ExitCode, string Output)> RunAsync(IEnumerable<string> command, string input, CancellationToken cancel)
    {
        var start = Describe(command);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Start(start);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancel);
            var errors = process.StandardError.ReadToEndAsync(cancel);
            await WriteAsync(process, input, cancel);
            await process.WaitForExitAsync(cancel);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <exception cref="SreException">Unavailable, when the program is not there.</exception>
    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new SreException(SreErrorKind.Unavailable, $"The program {start.FileName}, which starts the bundled PostgreSQL, cannot be run: {error.Message}.", error);
        }
    }

    public static ProcessStartInfo Describe(IEnumerable<string> command)
    {
        var words = command.ToList();
        // A user who cannot read SreBot's own working folder could not start there.
        var start = new ProcessStartInfo(words[0], words.Skip(1)) { WorkingDirectory = "/" };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    private static async Task WriteAsync(Process process, string input, CancellationToken cancel)
    {
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancel);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read everything; its exit code and output say why.
        }
    }
}
