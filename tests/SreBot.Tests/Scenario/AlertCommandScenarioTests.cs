namespace SreBot.Tests.Scenario;

/// <summary>The same alert commands over the API, in the browser console and on the command line of a SreBot that was started on an empty folder.</summary>
public sealed class AlertCommandScenarioTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private SreBotProcess srebot = null!;

    public async ValueTask InitializeAsync() => srebot = await SreBotProcess.StartAsync(folder.Path);

    public async ValueTask DisposeAsync()
    {
        await srebot.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task The_same_text_does_the_same_everywhere()
    {
        Assert.Contains("when error rate ratio over 10m is > 5% in Project_1", Plain(await srebot.AskAsync("alert create error_rate > 5% over 10m in Project_1 as \"my errors\"")), StringComparison.Ordinal);

        Assert.Contains("error_rate ratio > 5% over 10m", await RunAsync("alert", "list"), StringComparison.Ordinal);
        Assert.Contains("is muted until", await RunAsync("alert", "mute my errors 2h"), StringComparison.Ordinal);
        Assert.Contains("is changed", await RunAsync("alert", "edit", "my errors", "threshold > 7%"), StringComparison.Ordinal);
        Assert.Contains("INC-1", await RunAsync("incident", "list"), StringComparison.Ordinal);
        var (exitCode, _, error) = await SreBotProcess.RunAsync("alert", "create eror_rate > 5 over 10 in Project1", "--data", folder.Path);
        Assert.Equal(1, exitCode);
        Assert.Contains("Word 2 should be a metric", error, StringComparison.Ordinal);
        Assert.Contains("did you mean: alert create error_rate > 5% over 10m in Project_1", error, StringComparison.Ordinal);

        var console = new Console(srebot);
        await console.SayAsync("alert show my errors", "say-1");
        await Waiting.UntilAsync("the rule", async () => (await console.ReadAsync()).Any(message => Console.Text(message).Contains("error rate ratio over 10m is > 7%", StringComparison.Ordinal)));
        await console.SayAsync("/sre-alert test my errors", "say-2");
        await Waiting.UntilAsync("the test", async () => (await console.ReadAsync()).Any(message => Console.Text(message).Contains("\"my errors\" now: error_rate ratio over 10m is", StringComparison.Ordinal)));
    }

    private async Task<string> RunAsync(params string[] command)
    {
        var (exitCode, output, error) = await SreBotProcess.RunAsync([.. command, "--data", folder.Path]);
        Assert.True(exitCode == 0, error);
        return Plain(output);
    }

    /// <summary>Without Markdown's escapes.</summary>
    private static string Plain(string text) => text.Replace("\\", "", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal);
}
