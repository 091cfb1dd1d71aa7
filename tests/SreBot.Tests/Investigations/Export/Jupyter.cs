using System.Diagnostics;

namespace SreBot.Tests.Investigations.Export;

/// <summary>Debian's Jupyter, an outside reader of notebooks. Where it is not installed, its tests are skipped and say so; on the build machine it must be there.</summary>
internal static class Jupyter
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private const string ValidateCode = "import nbformat, sys; notebook = nbformat.read(sys.argv[1], as_version=nbformat.NO_CONVERT); nbformat.validate(notebook); assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)";

    public static void SkipUnlessThere() => Assert.SkipUnless(
        (File.Exists("/usr/bin/jupyter-nbconvert") && File.Exists("/usr/bin/python3")) || Environment.GetEnvironmentVariable("CI") == "true",
        "No Jupyter here: apt-get install jupyter-nbconvert python3-ipykernel python3-nbformat.");

    /// <summary>Holds a notebook against the format's own schema.</summary>
    public static Task ValidateAsync(string path) => RunAsync("/usr/bin/python3", ["-W", "error", "-c", ValidateCode, path]);

    /// <summary>Runs all cells of a notebook and writes it, with the outputs, beside it.</summary>
    public static async Task<string> ExecuteAsync(string path, IReadOnlyDictionary<string, string> environment)
    {
        await RunAsync("/usr/bin/jupyter-nbconvert", ["--to", "notebook", "--execute", path, "--output", "executed.ipynb"], environment);
        return Path.Combine(Path.GetDirectoryName(path)!, "executed.ipynb");
    }

    /// <summary>What Jupyter shows of a notebook, as HTML.</summary>
    public static async Task<string> RenderAsync(string path)
    {
        await RunAsync("/usr/bin/jupyter-nbconvert", ["--to", "html", "--template", "basic", path]);
        return await File.ReadAllTextAsync(Path.ChangeExtension(path, ".html"));
    }

    /// <summary>Fails with what the program said when it fails.</summary>
    private static async Task RunAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Patience);
        var said = await Task.WhenAll(process.StandardError.ReadToEndAsync(limit.Token), process.StandardOutput.ReadToEndAsync(limit.Token));
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, string.Concat(said));
    }
}
