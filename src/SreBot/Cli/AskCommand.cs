using System.CommandLine;

namespace SreBot.Cli;

/// <summary><c>ask "why is INC-1 slow?"</c>: the answer as Markdown on standard output.</summary>
internal sealed class AskCommand(Func<ParseResult, CancellationToken, Task<ServerClient>> connect)
{
    private readonly Argument<string[]> question = new("question") { Description = "The question, or a command such as: alert list.", Arity = ArgumentArity.OneOrMore };

    public Command Create()
    {
        var command = new Command("ask", "Ask a question and print the answer.") { question };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        await using var server = await connect(parsed, cancel);
        var body = new { input = new { question = string.Join(' ', parsed.GetValue(question)!) } };
        var answer = await server.SendAsync(HttpMethod.Post, "/sre_query", body, cancel);
        Console.Out.WriteLine(answer.GetProperty("answer").GetString()!.Replace("](/", $"]({server.Address}", StringComparison.Ordinal));
        return 0;
    }
}
