using System.Net.Http.Json;
using System.Text.Json;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>A thousand answers of the worst kind through the real poster, against a Slack of other people's making that enforces the limits.</summary>
public sealed class SlackFuzzTests
{
    private const int Rounds = 4;
    private const int Answers = 250;

    [Fact]
    public async Task No_call_is_refused_nobody_is_pinged_and_nothing_is_lost()
    {
        var script = NodeProgram.Outside("strict-stub.mjs");
        Assert.SkipWhen(script is null, "SREBOT_PEERS does not name a folder with slack/strict-stub.mjs.");
        var port = NodeProgram.FreePort();
        await using var stub = await NodeProgram.StartAsync(script!, port.ToString());
        await using var host = await SlackHost.StartAsync($"http://127.0.0.1:{port}/api/", botToken: LocalSlack.BotToken);
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };

        for (var round = 0; round < Rounds; round++)
        {
            var seeds = Enumerable.Range(round * Answers, Answers).ToList();
            await Parallel.ForEachAsync(seeds, new ParallelOptions { MaxDegreeOfParallelism = Answers, CancellationToken = TestContext.Current.CancellationToken }, async (seed, cancel) =>
                Assert.IsType<PostOutcome.Posted>(await host.Poster.PostAsync(new("slack", "T01TEST", $"C{seed:0000}"), Replies.Ugly(seed), $"k{seed}", cancel)));

            var calls = (await http.GetFromJsonAsync<List<JsonElement>>("/_log", TestContext.Current.CancellationToken))!.Where(call => call.TryGetProperty("method", out _)).ToList();
            Assert.All(calls, call => Assert.True(Out(call) is "ok" or "429", $"{call.GetProperty("method")}: {Out(call)}"));
            var posts = calls.Where(call => call.GetProperty("method").GetString() == "chat.postMessage" && Out(call) == "ok").ToLookup(call => call.GetProperty("args").GetProperty("channel").GetString()!);
            seeds.ForEach(seed => IsWhole(seed, [.. posts[$"C{seed:0000}"].Select(call => call.GetProperty("args"))]));
            await http.PostAsync("/_reset", null, TestContext.Current.CancellationToken);
        }
    }

    private static void IsWhole(int seed, List<JsonElement> posts)
    {
        var reply = Replies.Ugly(seed);
        var messages = posts.Select(post => post.GetProperty("blocks")).ToList();
        Assert.True(SplitAnswer.Prose(reply) == SplitAnswer.Prose(messages), $"seed {seed}: the text is another");
        if (SplitAnswer.Columns(reply, messages) is { } columns)
            Assert.True(SplitAnswer.Columns(reply).SequenceEqual(columns), $"seed {seed}: a table is another");
        Assert.All(posts.Select(post => post.GetProperty("text").GetString()!).Concat(SplitAnswer.Texts(messages)), text => Assert.DoesNotMatch("<[!@#]", text));
        Assert.All(messages.SelectMany(BlockRules.Check), fault => Assert.Fail($"seed {seed}: {fault}"));
    }

    private static string Out(JsonElement call) => call.TryGetProperty("out", out var result) ? result.ToString() : "none";
}
