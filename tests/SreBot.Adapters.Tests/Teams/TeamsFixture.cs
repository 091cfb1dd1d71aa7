namespace SreBot.Adapters.Tests.Teams;

/// <summary>The far side of one test; what it did not expect fails the test when it ends.</summary>
public abstract class TeamsFixture : IAsyncLifetime
{
    private protected TokenMint Mint { get; } = new();
    private protected MemoryState State { get; } = new();
    private protected RecordingTurns Turns { get; } = new();
    private protected LoginServer Login { get; private set; } = null!;
    private protected ConnectorServer Connector { get; private set; } = null!;
    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private protected string Service => Connector.ServiceUrl;

    public async ValueTask InitializeAsync()
    {
        Login = await LoginServer.StartAsync(Cancel);
        Login.BotKeys = Mint.BotKeys;
        Connector = await ConnectorServer.StartAsync(Cancel);
        Connector.Login = Login;
    }

    public async ValueTask DisposeAsync()
    {
        await Connector.DisposeAsync();
        await Login.DisposeAsync();
        Mint.Dispose();
        Assert.Empty(Login.Faults);
        GC.SuppressFinalize(this);
    }

    private protected Task<TeamsHost> StartAsync(params (string Key, string Value)[] settings) => TeamsHost.StartAsync(Login, Mint, State, Turns, Cancel, settings: settings);
}
