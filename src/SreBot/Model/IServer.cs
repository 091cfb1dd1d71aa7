namespace SreBot.Model;

/// <summary>A SreBot that serves: this process's, or another that holds the data folder.</summary>
internal interface IServer : IAsyncDisposable
{
    Uri Address { get; }

    /// <summary>Acts as the admin of the organization in use.</summary>
    string Token { get; }

    /// <summary>Returns when the process is asked to stop.</summary>
    Task WaitForStopAsync();
}
