using SreBot.Adapters.Chat;
using SreBot.Adapters.Slack;

namespace SreBot.Adapters.Tests.Slack;

public sealed class SlackCheckTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_with_every_scope_and_a_way_in_is_good()
    {
        await using var slack = await StrictSlack.StartAsync();
        slack.Scopes = string.Join(',', SlackCheck.Needed);
        await using var host = await SlackHost.StartAsync(slack.ApiBase);

        var lines = await host.Check.LookAsync(Cancel);

        Assert.All(lines, line => Assert.Equal((SetupState.Good, null), (line.State, line.ToDo)));
        Assert.Contains(lines, line => line.Found.Contains("sre-bot in the workspace Test (T01TEST)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_scope_that_is_missing_is_named()
    {
        await using var slack = await StrictSlack.StartAsync();
        slack.Scopes = string.Join(',', SlackCheck.Needed.Except(["files:write"]));
        await using var host = await SlackHost.StartAsync(slack.ApiBase);

        var line = Assert.Single(await host.Check.LookAsync(Cancel), line => line.State == SetupState.Broken);

        Assert.Equal("The token lacks files:write.", line.Found);
    }

    [Fact]
    public async Task A_token_that_was_revoked_says_what_to_do()
    {
        await using var slack = await StrictSlack.StartAsync();
        slack.Break("auth.test", new Fault.Error("token_revoked"));
        await using var host = await SlackHost.StartAsync(slack.ApiBase);

        var line = Assert.Single(await host.Check.LookAsync(Cancel), line => line.State == SetupState.Broken);

        Assert.Contains("install the app again", line.ToDo, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_socket_is_broken_until_it_stands()
    {
        await using var slack = await StrictSlack.StartAsync();
        slack.Scopes = string.Join(',', SlackCheck.Needed);
        await using var host = await SlackHost.StartAsync(slack.ApiBase, onSocket: true, onHttp: false);

        Assert.Contains(await host.Check.LookAsync(Cancel), line => line is { State: SetupState.Broken, Found: "No socket to Slack stands." });

        var socket = await slack.Sockets.Reader.ReadAsync(Cancel);
        await socket.GreetAsync();
        while (!(await host.Check.LookAsync(Cancel)).Any(line => line is { State: SetupState.Good, Found: "The socket to Slack stands." }))
            await Task.Yield();
    }
}
