using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Teams;

/// <summary>The bearer token that Entra gives SreBot; kept and renewed by the library.</summary>
internal sealed class TeamsCredential(IOptions<TeamsOptions> options, IHttpClientFactory http)
{
    private readonly Lazy<IConfidentialClientApplication> application = new(() => Build(options.Value, http));

    /// <summary>A token, or why there is none; both null when no token is sent at all.</summary>
    /// <param name="renew">The last one was refused.</param>
    public async Task<(string? Token, PostOutcome? Failure)> GetAsync(bool renew, CancellationToken cancel)
    {
        if (options.Value.AllowAnonymous)
            return (null, null);
        try
        {
            var answer = await application.Value.AcquireTokenForClient([options.Value.TokenScope]).WithForceRefresh(renew).ExecuteAsync(cancel);
            return (answer.AccessToken, null);
        }
        catch (MsalServiceException error)
        {
            return (null, IsPassing(error)
                ? new PostOutcome.TryAgain($"Entra gave no token ({error.ErrorCode}).", error.Headers?.RetryAfter?.Delta)
                : new PostOutcome.GaveUp($"Entra refused SreBot a token ({error.ErrorCode}): check Teams:AppId, Teams:TenantId and whether Teams:AppPassword has expired."));
        }
        catch (MsalClientException error)
        {
            return (null, new PostOutcome.GaveUp($"No token can be asked for ({error.ErrorCode}): check the Teams settings."));
        }
        catch (Exception error) when (error is HttpRequestException || error is OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return (null, new PostOutcome.TryAgain("Entra could not be reached."));
        }
    }

    private static bool IsPassing(MsalServiceException error) => error.StatusCode is 0 or 408 or 429 or >= 500;

    private static IConfidentialClientApplication Build(TeamsOptions options, IHttpClientFactory http) =>
        ConfidentialClientApplicationBuilder.Create(options.AppId)
            .WithClientSecret(options.AppPassword)
            .WithAuthority(new Uri(options.Authority, options.TenantId), validateAuthority: false)
            .WithInstanceDiscovery(options.Authority == TeamsOptions.DefaultAuthority)
            .WithHttpClientFactory(new TeamsHttp(http), retryOnceOn5xx: false)
            .Build();
}
