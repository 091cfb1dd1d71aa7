using System.CommandLine;
using System.Text.Json;
using SreBot.Cli.Tutorial;

namespace SreBot.Cli;

/// <summary><c>seed</c>: fills the demo organization anew, with known causes planted in it.</summary>
internal sealed class SeedCommand(Func<ParseResult, CancellationToken, Task<ServerClient>> connect)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly Option<long> seed = new("--seed") { Description = "The same seed, the same data.", DefaultValueFactory = _ => 1 };
    private readonly Option<int?> hours = new("--hours") { Description = "How much past to write; 24, or 6 for each cause where that is more." };
    private readonly Option<int> rate = new("--rate") { Description = "Requests a minute.", DefaultValueFactory = _ => 100 };
    private readonly Option<int> servers = new("--servers") { DefaultValueFactory = _ => 10 };
    private readonly Option<int> projects = new("--projects") { DefaultValueFactory = _ => 3 };
    private readonly Option<string[]> causes = new("--causes") { Description = "Which causes to plant, each with an incident; 'all' for every kind.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> truth = new("--truth") { Description = "Where to write what was planted, as JSON; standard output unless given." };

    private readonly Option<bool> tutorial = new("--tutorial") { Description = "Write the tutorial's three CSV files instead; the demo stays as it is." };
    private readonly Option<string> folder = new("--out") { Description = "With --tutorial: where to write the files.", DefaultValueFactory = _ => "./tutorial-data" };
    private readonly Option<bool> force = new("--force") { Description = "With --tutorial: replace files that are there." };

    public Command Create()
    {
        var command = new Command("seed", "Fill the demo organization anew, with known causes planted in its telemetry; or make the tutorial's files.")
        {
            seed, hours, rate, servers, projects, causes, truth, tutorial, folder, force,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        if (parsed.GetValue(tutorial))
        {
            Console.Out.WriteLine(await TutorialWriter.WriteAsync(parsed.GetValue(folder)!, parsed.GetValue(seed), parsed.GetValue(force), cancel));
            return 0;
        }

        await using var server = await connect(parsed, cancel);
        var planted = await server.SendAsync(HttpMethod.Post, "/api/demo", new
        {
            seed = parsed.GetValue(seed),
            hours = parsed.GetValue(hours),
            requestsAMinute = parsed.GetValue(rate),
            servers = parsed.GetValue(servers),
            projects = parsed.GetValue(projects),
            causes = parsed.GetValue(causes)!.SelectMany(one => one.Split(',')),
        }, cancel);
        var json = JsonSerializer.Serialize(planted, Indented);
        if (parsed.GetValue(truth) is { } path)
        {
            await File.WriteAllTextAsync(path, json, cancel);
        }
        else
        {
            Console.Out.WriteLine(json);
        }

        return 0;
    }
}
