using System.CommandLine;

namespace SreBot.Cli;

/// <summary><c>admit slack T01 U01 --role sre</c>: makes a chat user a principal.</summary>
internal sealed class AdmitCommand(Func<ParseResult, CancellationToken, Task<ServerClient>> connect)
{
    private readonly Argument<string> platform = new("platform") { Description = "slack or teams." };
    private readonly Argument<string> workspace = new("workspace") { Description = "Slack's team id, or Teams' tenant id." };
    private readonly Argument<string> user = new("user") { Description = "Slack's user id, or the Entra object id." };
    private readonly Option<string> role = new("--role") { Description = "viewer, sre or admin.", DefaultValueFactory = _ => "viewer" };
    private readonly Option<string[]> projects = new("--projects") { Description = "The projects to see; all unless given.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> name = new("--name") { Description = "What to call the person." };

    public Command Create()
    {
        platform.AcceptOnlyFromAmong("slack", "teams");
        role.AcceptOnlyFromAmong("viewer", "sre", "admin");
        var command = new Command("admit", "Let a chat user ask: make them a principal.") { platform, workspace, user, role, projects, name };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        await using var server = await connect(parsed, cancel);
        var answer = await server.SendAsync(HttpMethod.Post, "/api/identities", new
        {
            platform = parsed.GetValue(platform),
            workspace = parsed.GetValue(workspace),
            user = parsed.GetValue(user),
            role = parsed.GetValue(role),
            name = parsed.GetValue(name),
            projects = parsed.GetValue(projects) is { Length: > 0 } named ? named.SelectMany(one => one.Split(',')) : null,
        }, cancel);
        Console.Out.WriteLine(answer.GetProperty("answer").GetString());
        return 0;
    }
}
