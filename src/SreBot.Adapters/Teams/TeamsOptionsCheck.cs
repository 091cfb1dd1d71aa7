using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace SreBot.Adapters.Teams;

/// <summary>Refuses a start with settings that cannot work or are not safe.</summary>
internal sealed class TeamsOptionsCheck(IHostEnvironment environment) : IValidateOptions<TeamsOptions>
{
    public ValidateOptionsResult Validate(string? name, TeamsOptions options) =>
        options.Enabled && Fault(options) is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;

    private string? Fault(TeamsOptions options) => options switch
    {
        { AllowAnonymous: true } or { AllowEmulator: true } when environment.IsProduction() =>
            "Teams:AllowAnonymous and Teams:AllowEmulator let anyone speak to the bot and are refused in production: remove them, or set DOTNET_ENVIRONMENT=Development.",
        { TenantId: "" } => "Teams:TenantId is missing: set it to the Entra tenant of the bot registration.",
        { AppPassword: "", AllowAnonymous: false } => "Teams:AppPassword is missing: set it to the client secret of the bot registration.",
        _ when !IsSafe(options.Authority) => "Teams:Authority must be an https address.",
        _ when !IsSafe(options.OpenIdMetadata) => "Teams:OpenIdMetadata must be an https address.",
        _ => null,
    };

    private static bool IsSafe(Uri url) => url.IsAbsoluteUri && url.Scheme == Uri.UriSchemeHttps;
}
