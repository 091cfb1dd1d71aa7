using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Tests.Teams;

public sealed class TeamsCheckTests : TeamsFixture
{
    [Theory]
    [InlineData(200, "false", SetupState.Good, "Entra gives tokens")]
    [InlineData(401, "false", SetupState.Broken, "Entra gives no token")]
    [InlineData(200, "true", SetupState.Warning, "AllowAnonymous")]
    public async Task Says_whether_Entra_gives_a_token(int status, string anonymous, SetupState state, string found)
    {
        Login.TokenStatus = status;
        await using var host = await StartAsync(("AllowAnonymous", anonymous));

        var line = Assert.Single(await host.Check.LookAsync(Cancel));

        Assert.Equal(state, line.State);
        Assert.Contains(found, line.Found, StringComparison.Ordinal);
        Assert.Equal(state == SetupState.Good, line.ToDo is null);
    }
}
