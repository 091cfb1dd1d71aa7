namespace SreBot.Adapters.Tests.Teams;

/// <summary>Clients over one handler.</summary>
internal sealed class OneClient(HttpMessageHandler handler) : IHttpClientFactory
{
    public HttpClient CreateClient(string name) => new(handler, disposeHandler: false);
}
