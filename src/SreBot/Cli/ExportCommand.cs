using System.CommandLine;
using SreBot.Model;

namespace SreBot.Cli;

/// <summary><c>export INC-1 --format ipynb --out why.ipynb</c>: an investigation as a file.</summary>
internal sealed class ExportCommand(Func<ParseResult, CancellationToken, Task<ServerClient>> connect)
{
    private readonly Argument<string> investigation = new("investigation") { Description = "An incident such as INC-1, an investigation's id, or the address of its page." };
    private readonly Option<string> format = new("--format") { Description = "ipynb, html or md.", DefaultValueFactory = _ => "ipynb" };
    private readonly Option<string?> output = new("--out") { Description = "The file to write; - for standard output; a name of its own in this folder unless given." };

    public Command Create()
    {
        format.AcceptOnlyFromAmong("ipynb", "html", "md");
        var command = new Command("export", "Write an investigation as a Jupyter notebook, an HTML page or Markdown.") { investigation, format, output };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        await using var server = await connect(parsed, cancel);
        var (content, name) = await server.DownloadAsync($"/investigations/{Uri.EscapeDataString(Name(parsed.GetValue(investigation)!))}.{parsed.GetValue(format)}", cancel);
        var path = parsed.GetValue(output) ?? name;
        if (path == "-")
        {
            await using var standard = Console.OpenStandardOutput();
            await standard.WriteAsync(content, cancel);
            return 0;
        }

        try
        {
            await File.WriteAllBytesAsync(path, content, cancel);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SreException(SreErrorKind.Invalid, $"{path} cannot be written: {error.Message}", error);
        }

        Console.Out.WriteLine($"Wrote {path} ({content.Length:#,0} bytes).");
        return 0;
    }

    /// <summary>The last part of an address, without what follows it.</summary>
    private static string Name(string text) => text.Trim().Split('#', '?')[0].TrimEnd('/').Split('/')[^1];
}
