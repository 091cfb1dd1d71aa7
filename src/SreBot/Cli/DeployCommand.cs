using System.CommandLine;
using SreBot.Model;

namespace SreBot.Cli;

/// <summary><c>deploy checkout v42</c>: reports a deploy from a pipeline, here or to a SreBot elsewhere.</summary>
internal sealed class DeployCommand(Func<ParseResult, CancellationToken, Task<ServerClient>> connect)
{
    private const string TokenVariable = "SREBOT_TOKEN";

    private readonly Argument<string> service = new("service") { Description = "The service, such as checkout." };
    private readonly Argument<string> version = new("version") { Description = "The version, such as v42." };
    private readonly Option<string[]> projects = new("--projects") { Description = "The projects that it touches; all unless given.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> at = new("--at") { Description = "When it was done, such as 2026-03-01T14:05:00Z; now unless given." };
    private readonly Option<string?> who = new("--who") { Description = "Who did it; the token's owner unless given." };
    private readonly Option<string?> link = new("--link") { Description = "A web address, such as the pipeline's run." };
    private readonly Option<string?> title = new("--title") { Description = "What it is for." };
    private readonly Option<string?> id = new("--id") { Description = "Names the deploy, so that a retry counts once; its content does unless given." };
    private readonly Option<string?> server = new("--server") { Description = $"A SreBot elsewhere, such as https://sre.example; its token is in {TokenVariable}." };

    public Command Create()
    {
        var command = new Command("deploy", "Report a deploy, so that it is laid beside what changed.") { service, version, projects, at, who, link, title, id, server };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        await using var client = parsed.GetValue(server) is { } address ? Elsewhere(address) : await connect(parsed, cancel);
        var answer = await client.SendAsync(HttpMethod.Post, "/changes", new
        {
            kind = "deploy", service = parsed.GetValue(service), version = parsed.GetValue(version), title = parsed.GetValue(title), who = parsed.GetValue(who), link = parsed.GetValue(link),
            timestamp = parsed.GetValue(at), id = parsed.GetValue(id), projects = parsed.GetValue(projects) is { Length: > 0 } named ? named.SelectMany(one => one.Split(',')) : null,
        }, cancel);
        Console.Out.WriteLine($"{(answer.GetProperty("isNew").GetBoolean() ? "Recorded" : "Recorded already")}: {answer.GetProperty("title").GetString()} at {answer.GetProperty("at").GetDateTimeOffset():yyyy-MM-dd HH:mm} UTC.");
        return 0;
    }

    private static ServerClient Elsewhere(string address) => (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https", Environment.GetEnvironmentVariable(TokenVariable)) switch
    {
        (false, _) => throw new SreException(SreErrorKind.Invalid, $"'{address}' is no web address; write for example: --server https://sre.example."),
        (_, null or "") => throw new SreException(SreErrorKind.Invalid, $"Put a token of that SreBot into {TokenVariable}."),
        (_, var token) => new ServerClient(new Uri(address), token, owned: null),
    };
}
