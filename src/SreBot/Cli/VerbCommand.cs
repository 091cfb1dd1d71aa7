using System.CommandLine;

namespace SreBot.Cli;

/// <summary><c>alert list</c>, <c>alert 'create error_rate > 5% over 10m'</c>, <c>incident show INC-1</c>: the same commands as in chat.</summary>
/// <param name="verb">The command's first word.</param>
internal sealed class VerbCommand(string verb, string example, Func<ParseResult, CancellationToken, Task<ServerClient>> connect)
{
    private readonly Argument<string[]> words = new("command") { Description = $"As in chat, such as: {example}.", Arity = ArgumentArity.ZeroOrMore };

    public Command Create()
    {
        var command = new Command(verb, $"The commands \"{verb} …\" of the chats; such as: sre-bot {verb} {example}") { words };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        await using var server = await connect(parsed, cancel);
        var body = new { input = new { question = $"/sre-{verb} {Text(parsed.GetValue(words)!)}".TrimEnd() } };
        var answer = await server.SendAsync(HttpMethod.Post, "/sre_query", body, cancel);
        Console.Out.WriteLine(answer.GetProperty("answer").GetString()!.Replace("](/", $"]({server.Address}", StringComparison.Ordinal));
        return 0;
    }

    /// <summary>One argument is the whole command. Of several, the shell took the quotation marks of those with blanks; a condition in one piece needs none.</summary>
    public static string Text(IReadOnlyList<string> words) => words is [var whole] ? whole
        : string.Join(' ', words.Select(word => word.Any(char.IsWhiteSpace) && word.IndexOfAny(['<', '>', '=', '"', '≥', '≤']) < 0 ? $"\"{word}\"" : word));
}
