using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Teams;

/// <summary>Whether Entra gives SreBot a token to post with.</summary>
internal sealed class TeamsCheck(IOptions<TeamsOptions> options, IServiceProvider services) : ISetupCheck
{
    public string Part => "Teams";

    public async Task<IReadOnlyList<SetupLine>> LookAsync(CancellationToken cancel)
    {
        if (!options.Value.Enabled)
            return [new(SetupState.Off, "Teams:AppId is not set.", "For Teams, follow manifests/teams/README.md.")];
        if (options.Value.AllowAnonymous)
            return [new(SetupState.Warning, "Teams:AllowAnonymous lets anyone who reaches /api/messages speak as anyone.", "Leave it out, except for a local Teams client.")];

        var (token, failure) = await services.GetRequiredService<TeamsCredential>().GetAsync(renew: false, cancel);
        return token is not null
            ? [new(SetupState.Good, $"Entra gives tokens to {options.Value.AppId}; Teams' requests are taken at /api/messages, and their tokens checked.")]
            : [new(SetupState.Broken, "Entra gives no token.", failure switch { PostOutcome.GaveUp gave => gave.Why, PostOutcome.TryAgain again => again.Why, _ => null })];
    }
}
