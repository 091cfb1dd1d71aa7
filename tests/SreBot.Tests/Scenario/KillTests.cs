using System.Diagnostics;
using System.Text.Json;

namespace SreBot.Tests.Scenario;

/// <summary>An operator, or the kernel, kills everything at any moment: nothing is lost and nothing is said twice.</summary>
public sealed class KillTests
{
    private const int Rounds = 3;
    private const int Questions = 4;

    [Fact]
    public async Task Every_question_is_answered_once_whenever_everything_is_killed()
    {
        using var folder = new TempFolder();
        var asked = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var srebot = await SreBotProcess.StartAsync(folder.Path);
            var console = new Console(srebot);
            for (var i = 0; i < Questions; i++)
            {
                await console.SayAsync($"why is INC-1 slow? ({asked})", $"q{asked++}");
            }

            await KillAllAsync(srebot, folder.Path);
        }

        await using var last = await SreBotProcess.StartAsync(folder.Path);
        var end = new Console(last);
        await Waiting.UntilAsync("every question answered", async () => Answered(await end.ReadAsync()) == asked);
        await Waiting.UntilAsync("INC-1 told", async () => (await end.ReadAsync()).Any(IsFirstIncident));

        var messages = await end.ReadAsync();
        Assert.Equal(asked, messages.Count(message => Console.Text(message).StartsWith("why is INC-1 slow? (", StringComparison.Ordinal)));
        Assert.All(Threads(messages), thread => Assert.Single(thread));
        Assert.Single(messages, IsFirstIncident);
    }

    private static bool IsFirstIncident(JsonElement message) =>
        Console.Thread(message) is null && message.GetProperty("isBot").GetBoolean() && Console.Text(message).StartsWith("INC-1 ", StringComparison.Ordinal);

    private static int Answered(List<JsonElement> messages) => Threads(messages).Count(thread => thread.Any());

    /// <summary>The bot's answers to each question.</summary>
    private static List<IEnumerable<JsonElement>> Threads(List<JsonElement> messages) =>
        [.. messages.Where(message => !message.GetProperty("isBot").GetBoolean())
            .Select(question => messages.Where(message => message.GetProperty("isBot").GetBoolean() && Console.Thread(message) == question.GetProperty("id").GetInt64()))];

    /// <summary>PostgreSQL and SreBot, with its ClickHouse, at once.</summary>
    private static async Task KillAllAsync(SreBotProcess srebot, string folder)
    {
        var postmaster = int.Parse((await File.ReadAllLinesAsync(Path.Combine(folder, "postgres", "data", "postmaster.pid")))[0]);
        using (var postgres = Process.GetProcessById(postmaster))
        {
            postgres.Kill();
        }

        await srebot.KillAsync();
    }
}
