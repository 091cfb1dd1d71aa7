using Microsoft.Identity.Client;

namespace SreBot.Adapters.Teams;

/// <summary>Lets the token library use the same connections, time-out and proxy as everything else that speaks to Teams.</summary>
internal sealed class TeamsHttp(IHttpClientFactory http) : IMsalHttpClientFactory
{
    public HttpClient GetHttpClient() => http.CreateClient(TeamsServices.HttpClientName);
}
