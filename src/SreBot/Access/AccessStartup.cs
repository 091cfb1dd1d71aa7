using SreBot.Model;

namespace SreBot.Access;

/// <summary>The first organization and its admin; the token is said once, where the operator looks.</summary>
internal sealed class AccessStartup(OrganizationSetup organizations, IOperatorConsole console) : IStartupStep
{
    public async Task RunAsync(CancellationToken cancel)
    {
        if (await organizations.EnsureDefaultAsync(cancel) is { } token)
        {
            console.Say($"Admin token, shown this once: {token}");
        }
    }
}
