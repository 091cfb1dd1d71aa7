using System.CommandLine;

namespace SreBot.Cli;

/// <summary><c>demo</c> says whether the demo is there; <c>demo remove</c> leaves nothing of it.</summary>
internal sealed class DemoCommand(Func<ParseResult, CancellationToken, Task<ServerClient>> connect)
{
    public Command Create()
    {
        var remove = new Command("remove", "Remove the demo organization, its telemetry and all that came of it.");
        remove.SetAction((parsed, cancel) => RunAsync(parsed, HttpMethod.Delete, cancel));
        var command = new Command("demo", "Say whether the demo organization is there.") { remove };
        command.SetAction((parsed, cancel) => RunAsync(parsed, HttpMethod.Get, cancel));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, HttpMethod method, CancellationToken cancel)
    {
        await using var server = await connect(parsed, cancel);
        var answer = await server.SendAsync(method, "/api/demo", content: null, cancel);
        Console.Out.WriteLine(answer.GetProperty("answer").GetString());
        return 0;
    }
}
