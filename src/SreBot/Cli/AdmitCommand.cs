using System.CommandLine;
using SreBot.Model;

namespace SreBot.Cli;

/// <summary><c>admit K7QF-2M9X --role sre</c> or <c>admit slack T01 U01 --role sre</c>: makes a chat user a principal.</summary>
internal sealed class AdmitCommand(Func<ParseResult, CancellationToken, Task<ServerClient>> connect)
{
    private readonly Argument<string[]> who = new("who")
    {
        Description = "The code that the bot gave to the person; or the platform (slack or teams), Slack's team id or Teams' tenant id, and Slack's user id or the Entra object id.",
        Arity = new(1, 3),
    };
    private readonly Option<string> role = new("--role") { Description = "viewer, sre or admin.", DefaultValueFactory = _ => "viewer" };
    private readonly Option<string[]> projects = new("--projects") { Description = "The projects to see; all unless given.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> name = new("--name") { Description = "What to call the person; with a code, the chat's own name stands." };

    public Command Create()
    {
        role.AcceptOnlyFromAmong("viewer", "sre", "admin");
        var command = new Command("admit", "Let a chat user ask: make them a principal.") { who, role, projects, name };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var (code, platform, workspace, user) = Who(parsed.GetValue(who)!);
        await using var server = await connect(parsed, cancel);
        var answer = await server.SendAsync(HttpMethod.Post, "/api/identities", new
        {
            code,
            platform,
            workspace,
            user,
            role = parsed.GetValue(role),
            name = parsed.GetValue(name),
            projects = parsed.GetValue(projects) is { Length: > 0 } named ? named.SelectMany(one => one.Split(',')) : null,
        }, cancel);
        Console.Out.WriteLine(answer.GetProperty("answer").GetString());
        return 0;
    }

    private static (string? Code, string? Platform, string? Workspace, string? User) Who(string[] words) => words switch
    {
        [var code] => (code, null, null, null),
        ["slack" or "teams", var workspace, var user] => (null, words[0], workspace, user),
        _ => throw new SreException(SreErrorKind.Invalid, "Name the person by the code that they got, or as: slack <team id> <user id>, or: teams <tenant id> <object id>."),
    };
}
