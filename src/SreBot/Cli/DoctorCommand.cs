using System.CommandLine;
using System.Text.Json;
using SreBot.Model;

namespace SreBot.Cli;

/// <summary><c>doctor</c>: a line for each thing that was looked at, and what to do about it. Ends with 1 when something does not work.</summary>
internal sealed class DoctorCommand(Func<ParseResult, CancellationToken, Task<ServerClient>> connect)
{
    private readonly Option<string?> post = new("--post") { Description = "Also post a test message there, as slack:T01ABC/C02DEF." };

    public Command Create()
    {
        var command = new Command("doctor", "Look at everything that is set up, and say what to do.") { post };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        try
        {
            await using var server = await connect(parsed, cancel);
            var lines = (await server.SendAsync(HttpMethod.Get, "/api/doctor", null, cancel)).EnumerateArray().ToList();
            if (parsed.GetValue(post) is { } target)
                lines.Add(await server.SendAsync(HttpMethod.Post, "/api/doctor/post", new { target }, cancel));
            return Write(lines);
        }
        catch (SreException error)
        {
            Console.Out.WriteLine(Line("FAIL", "Start", error.Message));
            return 1;
        }
    }

    private static int Write(IReadOnlyList<JsonElement> lines)
    {
        foreach (var line in lines)
        {
            Console.Out.WriteLine(Line(Mark(Text(line, "state")), Text(line, "part"), Text(line, "found")));
            if (Text(line, "toDo") is { Length: > 0 } toDo)
                Console.Out.WriteLine(Line("", "", $"-> {toDo}"));
        }

        return lines.Any(line => Text(line, "state") == "broken") ? 1 : 0;
    }

    private static string Line(string mark, string part, string text) => $"{mark,-5} {part,-15} {text}";

    private static string Mark(string state) => state switch { "good" => "ok", "off" => "off", "warning" => "WARN", _ => "FAIL" };

    private static string Text(JsonElement line, string name) => line.TryGetProperty(name, out var text) ? text.GetString() ?? "" : "";
}
